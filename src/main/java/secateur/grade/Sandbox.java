package secateur.grade;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import secateur.model.Llm;

/** What a child sees of the machine. */
@FunctionalInterface
public interface Sandbox {

  /** Everything: for code that is one's own. */
  Sandbox NONE = (java, scratch) -> java;

  /**
   * The command that runs {@code java} in it.
   *
   * @param scratch the directory of the socket, which is the only one that is its own
   */
  List<String> command(List<String> java, Path scratch);

  /**
   * Bubblewrap: no network, no other processes, no files but the system's programs and libraries, Java, and the class path,
   * all read-only; what is written goes to a file system in memory that ends with the process.
   *
   * @throws IllegalStateException if it is not installed, or does not work on this machine
   */
  static Sandbox bubblewrap() {
    if (Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).noneMatch(each -> Files.isExecutable(Path.of(each, "bwrap")))) {
      throw new IllegalStateException("submissions run in a sandbox, and bwrap is not on the PATH; on Debian it comes with: sudo apt install bubblewrap"
          + " (--trust runs them without)");
    }
    try {
      Process probe = new ProcessBuilder(Bubblewrap.around(List.of("/bin/true"), List.of())).redirectErrorStream(true).start();
      String said = new String(probe.getInputStream().readAllBytes()).strip();
      if (probe.waitFor() != 0) {
        throw new IllegalStateException("submissions run in a sandbox, and bwrap does not work on this machine: " + said + " (--trust runs them without)");
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("bwrap cannot be run: " + e.getMessage(), e);
    }
    Bubblewrap.unpackLibraries();
    return Bubblewrap::command;
  }

  /** The command line of bwrap. */
  final class Bubblewrap {

    private static final int DISK = 1 << 29;
    private static final int SHARED = 1 << 26;
    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/lib", "/lib32", "/lib64", "/sbin", "/etc/alternatives", "/etc/fonts",
        "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/passwd", "/etc/java-17-openjdk", "/etc/java-21-openjdk",
        "/etc/java-25-openjdk", "/var/cache/fontconfig", "/sys/devices/system/cpu");

    private Bubblewrap() {}

    /** Native libraries lie in DJL's cache, which a child can only read: they must be there before the first one. */
    private static void unpackLibraries() {
      if (!Files.isDirectory(Child.cache().resolve("tokenizers")) || !Files.isDirectory(Child.cache().resolve("pytorch"))) {
        Llm.load("java-8m").close();
      }
    }

    private static List<String> command(List<String> java, Path scratch) {
      Stream<Path> classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).filter(each -> !each.isEmpty()).map(Path::of);
      Stream<Path> own = Stream.of(Path.of(System.getProperty("java.home")), Child.cache(), scratch);
      return around(java, Stream.concat(classPath, own).map(Path::toAbsolutePath).map(Path::normalize).filter(Files::exists).toList());
    }

    /** {@code command} where only the system and {@code visible} can be read. */
    static List<String> around(List<String> command, List<Path> visible) {
      List<String> whole = new ArrayList<>(List.of("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--dev", "/dev", "--proc", "/proc",
          "--size", String.valueOf(SHARED), "--tmpfs", "/dev/shm", "--size", String.valueOf(DISK), "--tmpfs", "/tmp"));
      SYSTEM.forEach(each -> whole.addAll(List.of("--ro-bind-try", each, each)));
      visible.forEach(each -> whole.addAll(List.of("--ro-bind", each.toString(), each.toString())));
      whole.addAll(List.of("--dir", "/tmp/home", "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp/home", "--setenv", "HOME", "/tmp/home"));
      whole.addAll(command);
      return whole;
    }
  }
}
