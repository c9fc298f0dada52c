package secateur.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import secateur.tensor.Progress;

/** Documents read from files, with one blank line between two: {@code "\n\n".join(rows)}, as GPTQ reads WikiText. */
final class Documents {

  private static final String BETWEEN = "\n\n";
  private static final int LONGEST = Integer.MAX_VALUE - 64;

  private final StringBuilder text = new StringBuilder();
  private int count;

  private Documents() {}

  /**
   * All documents of {@code files}, in this order.
   *
   * @param column null for the usual one
   * @throws IllegalArgumentException if a file has no such column or is not of its format
   */
  static Documents of(List<Path> files, String column) {
    Documents documents = new Documents();
    for (Path file : files) {
      try {
        Format.of(file.toString()).orElse(Format.TEXT).read(file, column, documents::add);
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException(file + " is not UTF-8 text", e);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return documents;
  }

  private void add(String document) {
    Progress.check();
    if ((long) text.length() + BETWEEN.length() + document.length() > LONGEST) {
      throw new IllegalArgumentException("the text is longer than the " + LONGEST + " characters that a corpus may have; name a smaller file");
    }
    text.append(count++ == 0 ? "" : BETWEEN).append(document);
  }

  int count() {
    return count;
  }

  String text() {
    return text.toString();
  }
}
