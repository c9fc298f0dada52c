package secateur.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Installs the kernel for Jupyter: {@code kernel-spec/} with the command line of this JDK and this class path. */
public final class KernelSpec {

  private static final String NAME = "secateur";
  private static final List<String> FILES = List.of("start.sh", "logo-svg.svg", "logo-32x32.png", "logo-64x64.png");
  private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

  private KernelSpec() {}

  /**
   * Writes the spec into {@code kernelsDirectory/secateur}, over an older one. An archive that an older one has stays
   * if it is for the same class path.
   *
   * @return the directory of the spec
   */
  public static Path install(Path kernelsDirectory) throws IOException {
    Path directory = Files.createDirectories(kernelsDirectory.resolve(NAME));
    KernelClassPath classPath = KernelClassPath.ofThisProcess();
    JsonObject spec;
    try (InputStream in = resource("kernel.json")) {
      spec = new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), JsonObject.class);
    }
    spec.add("argv", new Gson().toJsonTree(command(Path.of(System.getProperty("java.home")), classPath)));
    Files.writeString(directory.resolve("kernel.json"),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n");
    for (String file : FILES) {
      try (InputStream in = resource(file)) {
        Files.copy(in, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    writeArguments(directory.resolve("java.args"), options());
    if (!classPath.isIn(directory)) {
      KernelArchive.remove(directory);
      classPath.write(directory);
    }
    return directory;
  }

  /** Where Jupyter looks for the kernels of this user. */
  public static Path userKernels() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return userKernels(System.getenv(), system, Path.of(System.getProperty("user.home")));
  }

  /** Where a Python or a system under this prefix, for example {@code /usr/local}, looks for kernels. */
  public static Path kernelsUnder(Path prefix) {
    return prefix.resolve("share").resolve("jupyter").resolve("kernels");
  }

  /** As jupyter_core.paths.jupyter_data_dir has it. */
  static Path userKernels(Map<String, String> environment, String system, Path home) {
    if (environment.containsKey("JUPYTER_DATA_DIR")) {
      return Path.of(environment.get("JUPYTER_DATA_DIR"), "kernels");
    }
    if (system.contains("mac")) {
      return home.resolve(Path.of("Library", "Jupyter", "kernels"));
    }
    if (system.contains("windows") && environment.containsKey("APPDATA")) {
      return Path.of(environment.get("APPDATA"), "jupyter", "kernels");
    }
    Path data = environment.containsKey("XDG_DATA_HOME")
        ? Path.of(environment.get("XDG_DATA_HOME")) : home.resolve(Path.of(".local", "share"));
    return data.resolve(Path.of("jupyter", "kernels"));
  }

  /** Where Jupyter can run a shell, a script decides what cannot be known yet; elsewhere this Java is started as it is. */
  private static List<String> command(Path javaHome, KernelClassPath classPath) {
    String java = javaHome.resolve("bin").resolve("java").toString();
    return Files.isExecutable(Path.of("/bin/sh"))
        ? List.of("/bin/sh", "{resource_dir}/start.sh", java, "{connection_file}")
        : List.of(java, "@{resource_dir}/java.args", "-Dai.djl.offline=true", "-cp", classPath.whole(),
            SecateurKernel.class.getName(), "{connection_file}");
  }

  /** What every start has, one option a line, as java's argument files want it. */
  static List<String> options() {
    List<String> options = new ArrayList<>(List.of("-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
      options.add("--sun-misc-unsafe-memory-access=allow");
    }
    String home = System.getProperty("secateur.home");
    if (home != null) {
      options.add("-Dsecateur.home=" + home);
    }
    return options;
  }

  /** Writes an argument file of java's. */
  static void writeArguments(Path file, List<String> options) throws IOException {
    Files.write(file, options.stream()
        .map(option -> '"' + option.replace("\\", "\\\\").replace("\"", "\\\"") + '"').toList());
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = KernelSpec.class.getResourceAsStream("/secateur/kernel-spec/" + name);
    if (in == null) {
      throw new IOException("the resource secateur/kernel-spec/" + name + " is missing from the class path");
    }
    return in;
  }
}
