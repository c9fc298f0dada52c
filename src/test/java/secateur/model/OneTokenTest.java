package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.method.Grid;
import secateur.spec.CacheForm;
import secateur.spec.Role;
import secateur.tensor.Scope;

class OneTokenTest {

  private static final int BEGUN = 3;
  private static final int LENGTH = 20;
  private static final int VOCABULARY = 320;

  /** Logits after each of the tokens from the fourth on, read one by one. */
  private static List<float[]> oneByOne(Llm model, long[][] ids, boolean inOneCall) {
    List<float[]> logits = new ArrayList<>();
    try (Scope scope = new Scope(); Cache cache = new Cache(model.spec().cache())) {
      Pass first = new Pass(model.spec(), 0, BEGUN, cache);
      blockByBlock(model, model.ends().embed(model.ids(part(ids, 0, BEGUN)), model.spec(), 0), first);
      OneToken whole = OneToken.of(model).orElse(null);
      for (int at = BEGUN; at < LENGTH; at++) {
        Pass pass = new Pass(model.spec(), at, 1, cache);
        NDArray x = model.ends().embed(model.ids(part(ids, at, at + 1)), model.spec(), at);
        assertThat(!inOneCall || whole.takes(pass)).isTrue();
        NDArray after = inOneCall ? whole.forward(x, pass, cache) : blockByBlock(model, x, pass);
        logits.add(model.ends().logits(after).toFloatArray());
      }
    }
    return logits;
  }

  private static NDArray blockByBlock(Llm model, NDArray embedded, Pass pass) {
    NDArray x = embedded;
    for (Block block : model.blocks()) {
      x = block.forward(x, pass, Tap.NONE);
    }
    return x;
  }

  private static long[][] part(long[][] ids, int from, int to) {
    return Arrays.stream(ids).map(row -> Arrays.copyOfRange(row, from, to)).toArray(long[][]::new);
  }

  private static void assertAlike(Llm model, long[][] ids, double within) {
    List<float[]> expected = oneByOne(model, ids, false);
    List<float[]> found = oneByOne(model, ids, true);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(difference(found.get(i), expected.get(i))).isLessThan(within);
    }
  }

  /** Of {@code a} from {@code b}, relative to the largest of {@code b}. */
  private static double difference(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow()
        / IntStream.range(0, b.length).mapToDouble(i -> Math.abs(b[i])).max().orElseThrow();
  }

  /** Grouped queries, scaled rotary frequencies, biases of q, k and v, an untied head. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama3", "mistral", "qwen2"})
  void oneCallGivesWhatBlocksGive(String name) {
    try (Llm model = Golden.model(name)) {
      assertAlike(model, Golden.ids(name), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "opt", "bloom", "falcon", "gpt_neox", "qwen3"})
  void otherFormsAreNotTaken(String name) {
    try (Llm model = Golden.model(name)) {
      assertThat(OneToken.of(model)).isEmpty();
    }
  }

  /** One block: in a second one, numbers that bfloat16 rounds the other way for a last bit would rule the difference. */
  @Test
  void packedLayersOfOneDigitAndOfTwoBesidePlainOnes() {
    try (Llm model = Llm.random(config(), 1); Llm mixed = mixed(model)) {
      assertThat(mixed.layers().values()).hasAtLeastOneElementOfType(Dense.class);
      assertThat(mixed.layers().values().stream().filter(Quantized.class::isInstance).map(layer -> ((Quantized) layer).path()))
          .isNotEmpty().allMatch(path -> path.startsWith("_weight_int4pack_mm"));
      long[] ids = new Random(2).longs(2 * LENGTH, 0, VOCABULARY).toArray();
      assertAlike(mixed, new long[][] {Arrays.copyOf(ids, LENGTH), Arrays.copyOfRange(ids, LENGTH, 2 * LENGTH)}, 1e-3);
    }
  }

  private static JsonObject config() {
    return JsonParser.parseString("""
        {"model_type": "llama", "hidden_act": "silu", "hidden_size": 256, "intermediate_size": 512, "num_hidden_layers": 1,
         "num_attention_heads": 4, "num_key_value_heads": 2, "max_position_embeddings": 64, "rms_norm_eps": 1e-5, "rope_theta": 10000,
         "vocab_size": 320}
        """).getAsJsonObject();
  }

  /** 4 bits, 8 bits and none in turn. */
  private static Llm mixed(Llm model) {
    return model.with(model.blocks().stream().map(block -> {
      Map<Role, Linear> changed = new EnumMap<>(Role.class);
      try (Scope scope = new Scope()) {
        for (Role role : block.roles()) {
          int kind = role.ordinal() % 3;
          if (kind < 2) {
            Linear rounded = new Grid(kind == 0 ? 4 : 8).group(64).round(block.layer(role), block.layer(role).weight());
            scope.keep(rounded.arrays());
            changed.put(role, rounded);
          }
        }
      }
      return block.with(changed);
    }).toList());
  }

  @Test
  void aRoundedCacheIsNotTaken() {
    try (Llm model = Golden.model("llama"); Llm rounded = model.with(new CacheForm.Rounded(8))) {
      assertThat(OneToken.of(rounded)).isEmpty();
    }
  }

  /** Behind its window a token is masked, which block by block does. */
  @Test
  void aSlidingWindowIsTakenUntilItSlides() {
    try (Llm model = Golden.model("mistral_window"); Session session = new Session(model)) {
      long[] ids = Golden.ids("mistral_window")[0];
      session.feed(ids[0]);
      float[] last = null;
      for (int at = 1; at < ids.length; at++) {
        last = session.feed(ids[at]);
      }
      assertThat(difference(last, model.logits(ids)[ids.length - 1])).isLessThan(1e-5);
    }
  }
}
