package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Tokenizer;

class ExampleBatchesTest {

  private static final Tokenizer TOKENIZER = Tokenizer.bundled("secateur/models/java-8m");
  private static final Examples SOME = Examples.of("some", List.of(new Example("int max(", "int a, int b)"), new Example("return", " x;"),
      new Example("public static void main(String[]", " args)"), new Example("try", " {"), new Example("import java.", "util.List;")));

  @Test
  void promptResponseAndEnd() {
    long[] prompt = TOKENIZER.encode("int max(");
    long[] response = TOKENIZER.encode("int a, int b)");
    Encoded encoded = Encoded.of(SOME.list().get(0), TOKENIZER);
    long[] all = LongStream.concat(LongStream.concat(LongStream.of(prompt), LongStream.of(response)), LongStream.of(TOKENIZER.end().getAsLong())).toArray();
    assertThat(encoded).isEqualTo(new Encoded(encoded.ids(), prompt.length));
    assertThat(encoded.ids()).containsExactly(all);
  }

  @Test
  void responsesAndTheirEndsCount() {
    ExampleBatches batches = new ExampleBatches(SOME, TOKENIZER, 2, 3);
    Masked batch = batches.batch(0);
    assertThat(batch.length()).isEqualTo(batches.length() - 1);
    assertThat(batches.tokens()).isEqualTo(2L * batch.length());
    for (int row = 0; row < 2; row++) {
      List<Long> learned = new ArrayList<>();
      for (int t = 0; t < batch.length(); t++) {
        if (batch.weights()[row][t] > 0) {
          learned.add(batch.ids()[row][t + 1]);
        }
      }
      assertThat(learned.get(learned.size() - 1)).isEqualTo(TOKENIZER.end().getAsLong());
      String text = TOKENIZER.decode(learned.stream().mapToLong(Long::longValue).toArray());
      assertThat(SOME.list().stream().map(Example::response)).contains(text);
      assertThat(TOKENIZER.decode(batch.ids()[row])).endsWith(text);
    }
  }

  @Test
  void promptsMayCountToo() {
    Masked without = new ExampleBatches(SOME, TOKENIZER, 5, 3).batch(0);
    Masked with = new ExampleBatches(SOME, TOKENIZER, 5, 3).prompts(0.5).batch(0);
    assertThat(with.ids()).isDeepEqualTo(without.ids());
    for (int row = 0; row < 5; row++) {
      int first = first(without.weights()[row]);
      for (int t = 0; t < with.length(); t++) {
        assertThat(with.weights()[row][t]).isEqualTo(t < first ? 0.5f : without.weights()[row][t]);
      }
    }
  }

  private static int first(float[] weights) {
    int t = 0;
    while (weights[t] == 0) {
      t++;
    }
    return t;
  }

  @Test
  void everyRoundVisitsEachOnce() {
    ExampleBatches batches = new ExampleBatches(SOME, TOKENIZER, 2, 3);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Arrays.stream(batches.batch(i).ids()).map(Arrays::toString).forEach(seen::add);
    }
    assertThat(seen.subList(0, 5)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(seen.subList(5, 10));
    assertThat(batches.batch(0).ids()).isDeepEqualTo(new ExampleBatches(SOME, TOKENIZER, 2, 3).batch(0).ids());
  }

  @Test
  void onceIsInOrder() {
    List<Masked> batches = ExampleBatches.once(SOME, TOKENIZER, 2);
    assertThat(batches).extracting(Masked::rows).containsExactly(2, 2, 1);
    assertThat(TOKENIZER.decode(batches.get(2).ids()[0])).isEqualTo("import java.util.List;");
  }

  @Test
  void batchesOfNothingAreRefused() {
    assertThatThrownBy(() -> new ExampleBatches(SOME, TOKENIZER, 0, 0)).hasMessageContaining("batches of 0");
    assertThatThrownBy(() -> new ExampleBatches(SOME, TOKENIZER, 1, 0).prompts(-1)).hasMessageContaining("count -1");
  }
}
