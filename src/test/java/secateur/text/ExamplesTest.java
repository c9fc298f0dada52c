package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExamplesTest {

  @TempDir
  Path folder;

  private Examples loaded(String text) throws IOException {
    return Examples.load(Files.writeString(folder.resolve("some.jsonl"), text));
  }

  @Test
  void bothLayoutsAreRead() throws IOException {
    Examples examples = loaded("""
        {"prompt": "Hi", "response": "Ho", "source": "x"}

        {"question": "1+1?", "rationale": "1+1=2.", "answer": "2", "level": 3}
        """);
    assertThat(examples.list()).containsExactly(new Example("Hi", "Ho"), new Example("1+1?", "1+1=2.", "2", 3));
    assertThat(examples.name()).isEqualTo("some.jsonl");
    assertThat(examples.notice()).get().asString().contains("some.jsonl", "forbid training");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Examples made = new Arithmetic().examples(20, 1);
    made.save(folder.resolve("made.jsonl"));
    Examples read = Examples.load(folder.resolve("made.jsonl"));
    assertThat(read.list()).isEqualTo(made.list());
    assertThat(read.sha256()).isEqualTo(made.sha256()).hasSize(64);
    assertThat(made.notice()).isEmpty();
    assertThat(read.as(Form.DIRECT).first(3).notice()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{\"prompt\": \"a\"} | has no string 'response'; its fields are [prompt]",
      "{\"prompt\": 3, \"response\": \"b\"} | has no string 'prompt'",
      "{\"question\": \"a\", \"answer\": \" \"} | neither may be blank",
      "{\"question\": \"a\", \"answer\": \"b\", \"rationale\": null} | has no string 'rationale'",
      "{\"prompt\": \"a\", \"response\": \"b\", \"level\": -1} | level is -1",
      "{\"prompt\": \"a\", \"response\": \"b\"} {} | is not a JSON object of its own",
      "[1] | is not a JSON object of its own",
      "prompt | is not a JSON object of its own"})
  void aBadLineIsNamed(String line, String message) {
    assertThatThrownBy(() -> loaded("{\"prompt\": \"a\", \"response\": \"b\"}\n" + line)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("some.jsonl, line 2", message);
  }

  @Test
  void nothingIsRefused() {
    assertThatThrownBy(() -> loaded("\n")).hasMessageContaining("0 examples");
    assertThatThrownBy(() -> Examples.load(folder.resolve("none.jsonl"))).hasMessageContaining("there is no file");
    assertThatThrownBy(() -> Examples.of("a", List.of(new Example("a", "b"))).as(Form.RATIONALE)).hasMessageContaining("no rationale");
  }

  @Test
  void forms() {
    Example example = new Example("1+1?", "1+1=2.", "2", 1);
    assertThat(Form.DIRECT.apply(example)).isEqualTo(new Example("1+1? ###", "1+1=2.", " 2", 1));
    assertThat(Form.CHAIN_OF_THOUGHT.apply(example)).isEqualTo(new Example("1+1? ###", "1+1=2.", " 1+1=2. --> 2", 1));
    assertThat(Form.LABEL.apply(example)).isEqualTo(new Example("[label] 1+1?", "1+1=2.", " 2", 1));
    assertThat(Form.RATIONALE.apply(example)).isEqualTo(new Example("[rationale] 1+1?", "1+1=2.", " 1+1=2.", 1));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"' 1+1=2. --> 2' | 2 | 1+1=2.", "' 42.' | 42 | ''", "'a --> b --> c. ' | c | a --> b", "'a -->' | '' | a"})
  void answersAreFound(String text, String answer, String rationale) {
    assertThat(Example.answer(text)).isEqualTo(answer);
    assertThat(Example.rationale(text)).isEqualTo(rationale);
  }
}
