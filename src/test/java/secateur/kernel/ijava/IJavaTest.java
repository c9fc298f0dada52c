package secateur.kernel.ijava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import secateur.kernel.Notebook;
import secateur.kernel.Toolkit;
import secateur.tensor.Progress;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The adapter in a kernel on jupyter-jvm-basekernel's own classes that has what IJava 1.3.0 adds to them. */
class IJavaTest {

  public static final class Kernel extends BaseKernel {

    private final List<String> evaluated = new ArrayList<>();
    private final List<DisplayData> displayed = new ArrayList<>();
    private final Magics magics = new Magics();
    private Exception failure;

    public Magics getMagics() {
      return magics;
    }

    public Object evalRaw(String source) throws Exception {
      evaluated.add(source);
      if (failure != null && source.startsWith("lab.")) {
        throw failure;
      }
      return source.startsWith("import") ? null : "value of " + source;
    }

    @Override
    public DisplayData eval(String source) {
      throw new UnsupportedOperationException(source);
    }

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public LanguageInfo getLanguageInfo() {
      return null;
    }
  }

  /** By the name that IJava has for it. */
  private static final class CompilationException extends Exception {}

  private final Kernel kernel = new Kernel();

  @BeforeEach
  void install() throws ReflectiveOperationException {
    IJava.install(kernel);
  }

  @AfterEach
  void uninstall() {
    Toolkit.uninstall();
  }

  @Test
  void bringsImports() {
    assertThat(kernel.evaluated).contains("import secateur.lab.*;", "import secateur.kernel.Notebook;");
  }

  @Test
  void bringsMagicsAndDisplaysTheirValues() throws Exception {
    Object value = kernel.magics.applyLineMagic("prune", List.of("SparseGpt(2,", "4)"));
    assertThat(value).isEqualTo("value of lab.step(new SparseGpt(2, 4))");
    assertThat(kernel.displayed).singleElement().satisfies(data -> assertThat(text(data)).isEqualTo(value));
    kernel.magics.applyCellMagic("compare", List.of(), "Wanda(0.5)");
    assertThat(text(kernel.displayed.get(1))).isEqualTo("value of lab.compare(new Wanda(0.5))");
  }

  @Test
  void saysWhichJavaDoesNotCompile() {
    kernel.failure = new CompilationException();
    assertThatThrownBy(() -> kernel.magics.applyLineMagic("prune", List.of("Nope(1)")))
        .hasMessage("the Java that it writes does not compile: lab.step(new Nope(1))").hasCause(kernel.failure);
    kernel.failure = new IllegalStateException("no memory");
    assertThatThrownBy(() -> kernel.magics.applyLineMagic("eval", List.of())).isSameAs(kernel.failure);
  }

  @Test
  void bringsViews() {
    DisplayData table = kernel.getRenderer().render(Table.create("", IntColumn.create("i", new int[] {7})));
    assertThat(text(table)).isEqualTo("i\n-\n7");
    assertThat(table.getData(MIMEType.TEXT_HTML).toString()).contains("<table");
    DisplayData image = kernel.getRenderer().render(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB));
    assertThat(image.getData(MIMEType.IMAGE_PNG).toString()).startsWith("iVBORw0KGgo");
    assertThat(text(kernel.getRenderer().render(new StringBuilder("abc")))).hasToString("abc");
  }

  @Test
  void bringsALineOfProgressForEachTask() {
    for (String task : Set.of("one", "other")) {
      try (Progress progress = Progress.of(task, 1)) {
        progress.step("half");
      }
    }
    assertThat(kernel.displayed).hasSize(2).allSatisfy(data -> assertThat(data.hasDisplayId()).isTrue());
  }

  @Test
  void theNotebookShowsThroughIt() {
    String id = Notebook.display(new int[] {1});
    assertThat(kernel.displayed.get(0).getDisplayId()).isEqualTo(id);
    assertThat(text(kernel.displayed.get(0))).isEqualTo("int[1] {1}");
    assertThatThrownBy(() -> Notebook.page("help")).hasMessage("only the Secateur kernel can show a page; the running kernel is IJava");
  }

  @Test
  void whereNoIJavaRunsItSaysSo() {
    assertThatThrownBy(IJava::install).isInstanceOf(ClassNotFoundException.class).hasMessageContaining("ijava.IJava");
  }

  private static Object text(DisplayData data) {
    return data.getData(MIMEType.TEXT_PLAIN);
  }
}
