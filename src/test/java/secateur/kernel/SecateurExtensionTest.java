package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import secateur.tensor.Progress;

/** The extension in a kernel that is not ours, here one that only notes what it is asked. */
class SecateurExtensionTest {

  private static final class OtherKernel extends BaseKernel {

    private final List<String> evaluated = new ArrayList<>();
    private final List<DisplayData> displayed = new ArrayList<>();

    OtherKernel() {
      super("other", "1", null, List.of(), null, new JupyterIO(StandardCharsets.UTF_8), new CommManager(), new Renderer(),
          null, new MagicsRegistry(), true, new StringStyler.Builder().build());
    }

    @Override
    public Object evalRaw(String source) {
      evaluated.add(source);
      return source.startsWith("import") ? null : source.length();
    }

    @Override
    public void display(DisplayData data) {
      displayed.add(data);
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
      return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
      return null;
    }

    @Override
    public String isComplete(String code) {
      return IS_COMPLETE_MAYBE;
    }
  }

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
    assertThat(kernel.getMagicsRegistry().getCellMagicNames()).containsExactly("compare");
    kernel.evaluated.clear();
    Object value = kernel.getMagicsRegistry().evalLineMagic(kernel, "prune", List.of("SparseGpt(0.5)"));
    kernel.getMagicsRegistry().evalCellMagic(kernel, "compare", List.of(), "Wanda(0.5)\nmine");
    assertThat(kernel.evaluated).containsExactly("lab.step(new SparseGpt(0.5))", "lab.compare(new Wanda(0.5),\n        mine)");
    assertThat(value).isNull();
    assertThat(kernel.displayed).hasSize(2);
  }

  @Test
  void bringsProgressInOneDisplay() {
    extension.install(kernel);
    try (Progress progress = Progress.of("work", 1)) {
      progress.step("half");
    }
    assertThat(kernel.displayed).hasSize(1);
    assertThat(kernel.displayed.get(0).getDisplayId()).isNotEmpty();
    assertThat(kernel.displayed.get(0).getData(MIMEType.TEXT_PLAIN).toString()).startsWith("work");
  }
}
