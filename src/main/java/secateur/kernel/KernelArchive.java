package secateur.kernel;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The archive that halves the kernel's start: classes as the JVM has them in memory, kept from a rehearsed session. It
 * wants jars, so our classes are copied into one. JDK 17 to 24: AppCDS (JEP 350); from 25: an AOT cache (JEP 514).
 */
public final class KernelArchive {

  private static final int FIRST_WITH_CACHE = 25;
  private static final String JAR = "secateur.jar";
  private static final String OPTIONS = "archive.args";
  private static final String RELEASE = "release";
  private static final List<String> FILES = List.of(OPTIONS, JAR, RELEASE, "secateur.jsa", "secateur.aot");

  private KernelArchive() {}

  /**
   * Makes the archive of an installed spec for the Java that runs now; takes some seconds.
   *
   * @param spec the directory of the spec
   * @return the archive
   * @throws IOException if the rehearsal fails; the spec then works without an archive
   */
  public static Path make(Path spec) throws IOException, InterruptedException {
    remove(spec);
    boolean cache = Runtime.version().feature() >= FIRST_WITH_CACHE;
    Path archive = spec.resolve(cache ? "secateur.aot" : "secateur.jsa");
    Path release = Path.of(System.getProperty("java.home"), RELEASE);
    Files.copy(release, spec.resolve(RELEASE));
    KernelClassPath classPath = KernelClassPath.ofThisProcess();
    jar(classPath.classes(), spec.resolve(JAR));
    rehearse(spec, classPath, (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
    if (!Files.exists(archive)) {
      throw new IOException("Java wrote no archive; see " + log(spec));
    }
    Files.delete(log(spec));
    List<String> options = new ArrayList<>(KernelSpec.options());
    options.addAll(List.of((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive, "-Xlog:disable"));
    KernelSpec.writeArguments(spec.resolve(OPTIONS), options);
    return archive;
  }

  /** Takes the archive out of a spec, if it has one. */
  public static void remove(Path spec) throws IOException {
    for (String file : FILES) {
      Files.deleteIfExists(spec.resolve(file));
    }
  }

  private static void rehearse(Path spec, KernelClassPath classPath, String recording)
      throws IOException, InterruptedException {
    String path = spec.resolve(JAR) + File.pathSeparator + classPath.jars(); // directories are refused
    List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "@" + spec.resolve("java.args"), "-Dai.djl.offline=true", recording, "-cp", path, Rehearsal.class.getName(),
        models(classPath.classes()).resolve("java-8m").toString());
    ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(spec).toFile());
    java.environment().remove("JPY_PARENT_PID");
    int exit = java.start().waitFor();
    if (exit != 0) {
      throw new IOException("the session that the archive is made from failed; see " + log(spec));
    }
  }

  private static Path models(Path classes) {
    return classes.resolve(Path.of("secateur", "models"));
  }

  private static Path log(Path spec) {
    return spec.resolve("archive.log");
  }

  /** Our classes without compression, and without the models: those are read where they are. */
  private static void jar(Path classes, Path jar) throws IOException {
    Path models = models(classes);
    Path fresh = jar.resolveSibling(JAR + ".new"); // a running kernel may read the old one
    try (OutputStream out = Files.newOutputStream(fresh); JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      entries.setLevel(0);
      for (Path file : files.filter(Files::isRegularFile).filter(each -> !each.startsWith(models)).sorted().toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, entries);
      }
    }
    Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
