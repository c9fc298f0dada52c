package secateur.file;

import java.nio.file.Path;

/** A file is not what it says it is. Nothing was kept open and nothing was changed. */
public final class MalformedFileException extends RuntimeException {

  /** {@code reason} names the place in the file and what was expected there. */
  public MalformedFileException(Path file, String reason) {
    super(file + ": " + reason);
  }
}
