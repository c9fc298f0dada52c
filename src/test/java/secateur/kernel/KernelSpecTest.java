package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {

  @TempDir
  Path kernels;

  @Test
  void theSpecStartsThisJavaWithThisClassPath() throws IOException {
    Path spec = KernelSpec.install(kernels);
    assertThat(spec).isEqualTo(kernels.resolve("secateur"));
    JsonObject json = new Gson().fromJson(Files.readString(spec.resolve("kernel.json")), JsonObject.class);
    List<String> command = StreamSupport.stream(json.getAsJsonArray("argv").spliterator(), false).map(JsonElement::getAsString).toList();
    assertThat(command).startsWith("/bin/sh", "{resource_dir}/start.sh").endsWith("{connection_file}");
    assertThat(Path.of(command.get(2))).isExecutable().startsWith(Path.of(System.getProperty("java.home")));
    assertThat(Files.readString(spec.resolve("java.args"))).contains("\"-Djava.awt.headless=true\"", "--enable-native-access=ALL-UNNAMED");
    List<String> classPath = Files.readAllLines(spec.resolve("classpath"));
    assertThat(Path.of(classPath.get(0)).resolve("secateur")).isDirectory();
    assertThat(classPath.get(1).split(java.io.File.pathSeparator)).allMatch(entry -> Path.of(entry).isAbsolute());
    assertThat(json.get("display_name").getAsString()).isEqualTo("Secateur (Java)");
    assertThat(json.get("interrupt_mode").getAsString()).isEqualTo("message");
    assertThat(json.getAsJsonObject("env").keySet()).contains("OPT_OUT_TRACKING", "RUST_FLAVOR");
  }

  @Test
  void anOlderSpecIsReplaced() throws IOException {
    Files.writeString(Files.createDirectories(kernels.resolve("secateur")).resolve("kernel.json"), "old");
    assertThat(Files.readString(KernelSpec.install(kernels).resolve("kernel.json"))).startsWith("{");
  }

  @Test
  void anArchiveStaysWhereTheClassPathDoes() throws IOException {
    Path archive = Files.writeString(KernelSpec.install(kernels).resolve("secateur.jsa"), "");
    assertThat(KernelSpec.install(kernels).resolve("secateur.jsa")).exists();
    Files.writeString(archive.resolveSibling("classpath"), "other");
    KernelSpec.install(kernels);
    assertThat(archive).doesNotExist();
  }

  @Test
  void logosHaveTheirSizes() throws IOException {
    Path spec = KernelSpec.install(kernels);
    assertThat(ImageIO.read(spec.resolve("logo-32x32.png").toFile()).getWidth()).isEqualTo(32);
    assertThat(ImageIO.read(spec.resolve("logo-64x64.png").toFile()).getHeight()).isEqualTo(64);
    assertThat(spec.resolve("logo-svg.svg")).content().contains("<svg");
  }

  @Test
  void knowsWhereJupyterLooks() {
    Path home = Path.of("/home/ada");
    assertThat(KernelSpec.userKernels(Map.of(), "linux", home)).isEqualTo(home.resolve(".local/share/jupyter/kernels"));
    assertThat(KernelSpec.userKernels(Map.of("XDG_DATA_HOME", "/x"), "linux", home)).isEqualTo(Path.of("/x/jupyter/kernels"));
    assertThat(KernelSpec.userKernels(Map.of("JUPYTER_DATA_DIR", "/d"), "mac os x", home)).isEqualTo(Path.of("/d/kernels"));
    assertThat(KernelSpec.userKernels(Map.of(), "mac os x", home)).isEqualTo(home.resolve("Library/Jupyter/kernels"));
    assertThat(KernelSpec.userKernels(Map.of("APPDATA", "/a"), "windows 11", home)).isEqualTo(Path.of("/a/jupyter/kernels"));
    assertThat(KernelSpec.kernelsUnder(Path.of("/usr/local"))).isEqualTo(Path.of("/usr/local/share/jupyter/kernels"));
  }
}
