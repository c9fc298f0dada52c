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
import java.util.regex.Pattern;

/** Installs the kernel for Jupyter: {@code kernel-spec/} with the command line of this JDK and this class path. */
public final class KernelSpec {

  private static final String NAME = "secateur";
  private static final List<String> LOGOS = List.of("logo-svg.svg", "logo-32x32.png", "logo-64x64.png");
  private static final int FIRST_TO_WARN_OF_UNSAFE = 24;

  private KernelSpec() {}

  /**
   * Writes the spec into {@code kernelsDirectory/secateur}, over an older one.
   *
   * @return the directory of the spec
   */
  public static Path install(Path kernelsDirectory) throws IOException {
    Path directory = Files.createDirectories(kernelsDirectory.resolve(NAME));
    JsonObject spec;
    try (InputStream in = resource("kernel.json")) {
      spec = new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), JsonObject.class);
    }
    List<String> command = command(Path.of(System.getProperty("java.home")), System.getProperty("java.class.path"));
    spec.add("argv", new Gson().toJsonTree(command));
    Files.writeString(directory.resolve("kernel.json"),
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n");
    for (String logo : LOGOS) {
      try (InputStream in = resource(logo)) {
        Files.copy(in, directory.resolve(logo), StandardCopyOption.REPLACE_EXISTING);
      }
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

  private static List<String> command(Path javaHome, String classPath) {
    List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java").toString(),
        "-Djava.awt.headless=true", "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= FIRST_TO_WARN_OF_UNSAFE) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-cp", absolute(classPath), SecateurKernel.class.getName(), "{connection_file}"));
    return command;
  }

  /** Jupyter starts kernels in the notebook's directory. */
  private static String absolute(String classPath) {
    String separator = System.getProperty("path.separator");
    List<String> entries = List.of(classPath.split(Pattern.quote(separator)));
    return String.join(separator, entries.stream().filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString()).toList());
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = KernelSpec.class.getResourceAsStream("/secateur/kernel-spec/" + name);
    if (in == null) {
      throw new IOException("the resource secateur/kernel-spec/" + name + " is missing from the class path");
    }
    return in;
  }
}
