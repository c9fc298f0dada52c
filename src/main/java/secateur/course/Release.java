package secateur.course;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What students get of a teacher's notebook, by the rules of nbgrader's {@code generate_assignment}: solutions are
 * replaced by a stub, hidden tests and outputs removed, cells locked, checksums written.
 */
public final class Release {

  /** What an answer that has not been begun throws. */
  public static final String TO_BE_WRITTEN = "this is still to be written";

  /** What stands in place of a solution. */
  static final List<String> STUB = List.of("// YOUR CODE HERE", "throw new UnsupportedOperationException(\"" + TO_BE_WRITTEN + "\");");

  private static final String SOLUTION = "SOLUTION";
  private static final String HIDDEN = "HIDDEN TESTS";

  private Release() {}

  /**
   * @throws IllegalArgumentException if a region has no end, or stands in a cell where it has no meaning
   */
  public static NotebookFile of(NotebookFile source) {
    JsonObject rest = source.rest().deepCopy();
    if (rest.get("metadata") instanceof JsonObject metadata) {
      metadata.remove("celltoolbar");
    }
    return new NotebookFile(rest, source.cells().stream().map(Release::cell).toList());
  }

  private static Cell cell(Cell source) {
    Optional<Grading> grading = source.grading();
    String text = source.source();
    if (text.contains("BEGIN " + SOLUTION) && grading.filter(Grading::solution).isEmpty()
        || text.contains("BEGIN " + HIDDEN) && grading.filter(Grading::grade).isEmpty()) {
      throw new IllegalArgumentException("a solution stands in a cell of solution, hidden tests in a cell of grade; this one is neither: " + text);
    }
    boolean stubbed = grading.filter(Grading::solution).isPresent() && !text.contains("BEGIN " + SOLUTION);
    String open = stubbed ? String.join("\n", STUB) : without(without(text, SOLUTION, STUB), HIDDEN, List.of());
    Cell cleared = source.cleared().withSource(open);
    return grading.map(each -> locked(cleared, each)).orElse(cleared);
  }

  /** {@code text} with {@code stub} in place of what stands between the marks of {@code region}, and of the marks. */
  private static String without(String text, String region, List<String> stub) {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : text.split("\n", -1)) {
      boolean begins = line.contains("BEGIN " + region);
      if (begins && inside) {
        throw new IllegalArgumentException("BEGIN " + region + " stands inside another: " + text);
      }
      String indent = line.substring(0, line.length() - line.stripLeading().length());
      if (begins) {
        stub.forEach(each -> lines.add(indent + each));
      } else if (!inside && !line.contains("END " + region)) {
        lines.add(line);
      }
      inside = begins || inside && !line.contains("END " + region);
    }
    if (inside) {
      throw new IllegalArgumentException("there is no END " + region + ": " + text);
    }
    return String.join("\n", lines);
  }

  private static Cell locked(Cell cell, Grading grading) {
    JsonObject metadata = cell.metadata().deepCopy();
    metadata.addProperty("deletable", false);
    if (!grading.solution()) {
      metadata.addProperty("editable", false);
    }
    JsonObject own = metadata.getAsJsonObject(Grading.KEY);
    own.addProperty("checksum", checksum(cell, grading));
    own.addProperty("cell_type", cell.type());
    return cell.withMetadata(metadata);
  }

  /** By {@code utils.compute_checksum}: MD5 of source, type, flags as Python writes them, id, and points of a graded cell. */
  static String checksum(Cell cell, Grading grading) {
    String text = cell.source() + cell.type() + python(grading.grade()) + python(grading.solution()) + python(grading.locked())
        + grading.id() + (grading.grade() ? Double.toString(grading.points()) : "");
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no MD5", e);
    }
  }

  private static String python(boolean flag) {
    return flag ? "True" : "False";
  }
}
