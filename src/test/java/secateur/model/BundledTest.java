package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.measure.Accuracy;
import secateur.text.Arithmetic;
import secateur.text.Example;
import secateur.text.Form;

/** The models that come with the project. */
class BundledTest {

  private static final Path MODELS = Path.of("src/main/resources/secateur/models");

  static List<String> names() {
    return Bundled.NAMES;
  }

  @Test
  void everyDirectoryIsListed() throws IOException {
    try (Stream<Path> directories = Files.list(MODELS)) {
      assertThat(directories.map(each -> each.getFileName().toString())).containsExactlyInAnyOrderElementsOf(Bundled.NAMES);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachLoadsByItsNameAndHasACard(String name) {
    try (Llm model = Llm.load(name)) {
      assertThat(model.name()).isEqualTo(name);
      assertThat(model.tokenizer().size()).isEqualTo(model.spec().sizes().vocabulary());
    }
    assertThat(MODELS.resolve(name).resolve("MODEL_CARD.md")).isNotEmptyFile();
  }

  @Test
  void theTeacherReckonsStepByStep() {
    try (Llm teacher = Llm.load("arithmetic-3m")) {
      Accuracy accuracy = Accuracy.of(teacher, new Arithmetic().heldOut(50, 3).as(Form.CHAIN_OF_THOUGHT));
      assertThat(accuracy.value()).isGreaterThanOrEqualTo(0.98);
      assertThat(accuracy.answers()).filteredOn(Accuracy.Answered::right)
          .allSatisfy(each -> assertThat(Example.rationale(each.reply())).isEqualTo(each.question().rationale()));
    }
  }
}
