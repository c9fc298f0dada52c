package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import secateur.tensor.Progress;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The extension in kernels built on jjava-jupyter that are not ours. */
class SecateurExtensionTest {

  private final OtherKernel kernel = new OtherKernel();
  private final Extension extension = ServiceLoader.load(Extension.class).stream()
      .map(ServiceLoader.Provider::get).filter(SecateurExtension.class::isInstance).findFirst().orElseThrow();

  @AfterEach
  void forget() {
    extension.uninstall(kernel);
  }

  @Test
  void bringsImportsAndMagics() throws Exception {
    extension.install(kernel);
    assertThat(kernel.evaluated).contains("import secateur.lab.*;");
    assertThat(kernel.getMagicsRegistry().getLineMagicNames()).contains("model", "prune", "secateur").doesNotContain("compare");
    assertThat(kernel.getMagicsRegistry().getCellMagicNames()).containsExactly("compare", "plan");
    kernel.evaluated.clear();
    kernel.getMagicsRegistry().evalLineMagic(kernel, "prune", List.of("SparseGpt(2,", "4)"));
    kernel.getMagicsRegistry().evalCellMagic(kernel, "compare", List.of(), "Wanda(0.5)\nmine");
    assertThat(kernel.evaluated).contains("lab.step(new SparseGpt(2, 4))", "lab.compare(new Wanda(0.5),\n        mine)");
  }

  @Test
  void aWordWithBlanksStoodInQuotes() throws Exception {
    extension.install(kernel);
    kernel.getMagicsRegistry().evalLineMagic(kernel, "model", List.of("my model", "--windows", "8"));
    assertThat(kernel.evaluated.get(kernel.evaluated.size() - 1)).startsWith("var model = Llm.load(\"my model\");");
  }

  @Test
  void theFirstKernelDropsTheValuesOfMagicsSoTheyAreDisplayed() throws Exception {
    extension.install(kernel);
    Object value = kernel.getMagicsRegistry().evalLineMagic(kernel, "eval", List.of());
    assertThat(value).isEqualTo("value of lab.measure()");
    assertThat(kernel.displayed).singleElement()
        .satisfies(data -> assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo("value of lab.measure()"));
  }

  @Test
  void laterKernelsShowThemThemselves() throws Exception {
    OtherKernel later = new OtherKernel.Later();
    extension.install(later);
    assertThat(later.evaluated).contains("resolved import secateur.lab.*;");
    Object value = later.getMagicsRegistry().evalLineMagic(later, "eval", List.of());
    assertThat(value).isEqualTo("value of resolved lab.measure()");
    assertThat(later.displayed).isEmpty();
  }

  @Test
  void saysThatNoModelIsLoaded() {
    extension.install(kernel);
    kernel.unknown = "lab";
    assertThatThrownBy(() -> kernel.getMagicsRegistry().evalLineMagic(kernel, "eval", List.of()))
        .hasMessage("no model is loaded; run %model java-8m first");
  }

  @Test
  void bringsALineOfProgressForEachTask() {
    extension.install(kernel);
    for (String task : List.of("first", "second")) {
      try (Progress progress = Progress.of(task, 1)) {
        progress.step("half");
      }
    }
    assertThat(kernel.displayed).hasSize(2).doesNotHaveDuplicates().allSatisfy(data -> assertThat(data.hasDisplayId()).isTrue());
    assertThat(kernel.displayed.get(1).getData(MIMEType.TEXT_PLAIN).toString()).startsWith("second");
  }

  @Test
  void anInterruptedCellReportsNothingMore() {
    extension.install(kernel);
    try (Progress progress = Progress.of("work", 3)) {
      progress.step();
      Thread.currentThread().interrupt();
      assertThatThrownBy(progress::step).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    try (Progress progress = Progress.of("next", 1)) {
      progress.step();
    }
    assertThat(kernel.displayed).extracting(data -> data.getData(MIMEType.TEXT_PLAIN).toString().replaceAll("\\W.*", ""))
        .containsExactly("work", "next");
  }

  @Test
  void bringsViews() {
    extension.install(kernel);
    DisplayData data = kernel.getRenderer().render(Table.create("", IntColumn.create("i", 1, 2)));
    assertThat(data.getData(MIMEType.TEXT_HTML).toString()).contains("<table");
    assertThat(data.getData(MIMEType.TEXT_PLAIN)).isEqualTo("i\n-\n1\n2");
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    assertThat(kernel.getRenderer().render(image).getData(MIMEType.IMAGE_PNG)).isEqualTo(Views.of(image).data().get("image/png"));
  }

  @Test
  void theNotebookShowsThroughIt() {
    extension.install(kernel);
    Notebook.display(null);
    assertThat(kernel.displayed.get(0).getData(MIMEType.TEXT_PLAIN)).isEqualTo("null");
    assertThat(kernel.displayed.get(0).hasDisplayId()).isTrue();
    assertThatThrownBy(Notebook::clear).hasMessage(
        "only the Secateur kernel can clear what a cell has shown; the running kernel is other");
  }
}
