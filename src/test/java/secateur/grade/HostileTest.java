package secateur.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import secateur.course.Cell;
import secateur.course.Exercises;
import secateur.course.NotebookFile;
import secateur.course.Release;
import secateur.course.Unit;

/** Submissions that do harm: each is graded, and the rest of it gets its marks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTest {

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(2), Duration.ofMinutes(20), 256, 1024, 150, 1);

  private final Unit unit = new Unit("01-small", "Small", Exercises.small());
  private final Sandbox sandbox = Sandbox.bubblewrap();

  @TempDir
  Path directory;

  /** What is handed out, with {@code body} in the place of the first stub and the second solved. */
  private NotebookFile answered(String body) {
    List<Cell> cells = new ArrayList<>(Release.of(unit.exercise()).cells());
    cells.set(2, cells.get(2).withSource("%%check doubled\nint doubled(int x) {\n  " + body + "\n}"));
    cells.set(6, Exercises.small().cells().get(6));
    return unit.exercise().with(cells);
  }

  private Handed submit(String student, String body) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(Path.of("submitted", student, unit.folder())));
    return new Handed(student, unit.folder(), Files.writeString(folder.resolve("exercise.ipynb"), answered(body).text()));
  }

  private Marks graded(String student, String body) throws IOException {
    return graded(student, body, LIMITS);
  }

  private Marks graded(String student, String body, Limits limits) throws IOException {
    return new ClassFolder(directory).grade(submit(student, body), unit, new Grader(limits, sandbox));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "exit | System.exit(0); return 2 * x; | the process ended",
      "halt | Runtime.getRuntime().halt(3); return 2 * x; | exit code 3",
      "threads | for (int i = 0; i < 3000; i++) { var t = new Thread(() -> { try { Thread.sleep(100000); } catch (InterruptedException e) { } }); t.start(); } return new java.util.concurrent.CountDownLatch(1).getCount() > 2 ? 0 : spin(); | more than 150 threads",
      "native | var list = new ArrayList<Object>(); var unsafe = unsafe(); for (int i = 0; i < 400; i++) { long at = unsafe.allocateMemory(1 << 24); unsafe.setMemory(at, 1 << 24, (byte) 1); } return spin(); | more than 1024 MiB",
      "renamed | try { java.nio.file.Files.write(java.nio.file.Path.of(`/proc/self/comm`), new byte[] {-1}); } catch (java.io.IOException e) { return 2 * x; } var unsafe = unsafe(); for (int i = 0; i < 400; i++) { long at = unsafe.allocateMemory(1 << 24); unsafe.setMemory(at, 1 << 24, (byte) 1); } return spin(); | more than 1024 MiB"})
  void whatGoesOverALimitIsEnded(String student, String body, String reason) throws IOException {
    String helpers = "} int spin() { while (true) { Thread.onSpinWait(); } } sun.misc.Unsafe unsafe() { try { var f = sun.misc.Unsafe.class.getDeclaredField(\"theUnsafe\"); f.setAccessible(true); return (sun.misc.Unsafe) f.get(null); } catch (ReflectiveOperationException e) { return null; }";
    Marks graded = graded(student, body.replace('`', '"') + helpers);
    assertThat(graded.points()).as(graded.toString()).isEqualTo(5);
    assertThat(graded.notes()).singleElement().asString().contains(reason);
    assertThat(graded.tasks().get(0).hint()).contains(reason);
  }

  @Test
  void aLoopIsEnded() throws IOException {
    Marks graded = graded("loop", "while (true) { x++; }", LIMITS.within(Duration.ofSeconds(8), Duration.ofSeconds(100)));
    assertThat(graded.points()).as(graded.toString()).isEqualTo(5);
    assertThat(graded.notes()).singleElement().asString().contains("longer than the 8 seconds");
    assertThat(graded.tasks().get(0).hint()).contains("longer than the 8 seconds");
  }

  @Test
  void aHugeArrayIsAnErrorOfItsOwnCell() throws IOException {
    Marks graded = graded("array", "return new long[Integer.MAX_VALUE - 8].length + 2 * x;");
    assertThat(graded.points()).isEqualTo(5);
    assertThat(graded.tasks().get(0).hint()).contains("OutOfMemoryError");
  }

  @Test
  void memoryCannotBeTakenAsFiles() throws IOException {
    String body = "for (String each : List.of(\"/dev/shm/x\", \"/dev/x\", \"/x\")) { try (var out = new java.io.FileOutputStream(each)) { for (int i = 0; i < 100; i++) { out.write(new byte[1 << 20]); } return 0; } "
        + "catch (java.io.IOException e) { } } return 2 * x;";
    Marks graded = graded("disk", body);
    assertThat(graded.points()).as(graded.toString()).isEqualTo(10);
  }

  @Test
  void filesOfOthersAreOutOfReach() throws IOException {
    submit("zoe", "return 2 * x;");
    Path bystander = Files.writeString(directory.resolve("keep.txt"), "kept");
    String files = "for (String each : List.of(\"%s\", \"%s\", \"%s\")) { var file = new java.io.File(each); if (file.exists() || file.delete()) { return 0; } } return 2 * x;".formatted(
        bystander, directory.resolve(Path.of("submitted", "zoe", unit.folder(), "exercise.ipynb")), Path.of("pom.xml").toAbsolutePath());
    Marks graded = graded("files", files);
    assertThat(graded.points()).as(graded.toString()).isEqualTo(10);
    Marks classes = graded("classes", "var file = new java.io.File(\"" + Path.of("target", "classes").toAbsolutePath() + "\", \"secateur/cli/Main.class\"); return file.delete() ? 0 : 2 * x;");
    assertThat(classes.points()).as(classes.toString()).isEqualTo(10);
    assertThat(bystander).hasContent("kept");
    assertThat(Path.of("target", "classes", "secateur", "cli", "Main.class")).exists();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
      "printed | System.out.println(\"{\\\"points\\\": 10, \\\"hint\\\": null}\"); System.out.println(\"10\"); return 0; | the sign is lost",
      "check | return 0; } class Check { static void that(boolean a, String b) {} static Check of(Object a, Object b) { return new Check(); } Check mistake(Object a, Object b) { return this; } void expect(Object a) {} | Check is the name of a class",
      "closed | System.out.close(); System.err.close(); System.setOut(null); System.setErr(null); return 0; | the sign is lost"})
  void marksCannotBeForged(String student, String body, String hint) throws IOException {
    Marks graded = graded(student, body);
    assertThat(graded.points()).as(graded.toString()).isEqualTo(5);
    assertThat(graded.tasks().get(0).hint()).contains(hint);
  }

  @Test
  void whatIsNoNotebookIsSaid() throws IOException {
    Handed handed = submit("=broken", "return 2 * x;");
    Files.writeString(handed.file(), "{]");
    Marks graded = new ClassFolder(directory).grade(handed, unit, new Grader(LIMITS, sandbox));
    assertThat(graded.points()).isZero();
    assertThat(graded.most()).isEqualTo(10);
    assertThat(graded.notes()).singleElement().asString().contains("is no notebook");
    assertThat(new ClassFolder(directory).writeTable()).content().contains("\n\"'=broken\",01-small,0,10,").doesNotContain("\n=", ",=");
  }

  @Test
  void theNextOneGetsItsMarks() throws IOException {
    assertThat(graded("zoe", "return 2 * x;").points()).isEqualTo(10);
    ClassFolder folder = new ClassFolder(directory);
    assertThat(folder.writeTable()).content().contains("zoe,01-small,10,10,\n");
    ClassFolder.Row row = folder.marks().stream().filter(each -> each.handed().student().equals("zoe")).findFirst().orElseThrow();
    assertThat(folder.writeFeedback(row)).content().contains("10 of 10 points").doesNotContain("that is the square", "<script");
  }
}
