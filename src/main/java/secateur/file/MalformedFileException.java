package secateur.file;

import java.nio.file.Path;

/** A file is not what it says it is. Nothing was kept open and nothing was changed. */
public final class MalformedFileException extends RuntimeException {

  /** The offset of errors that belong to no single byte. */
  public static final long NOWHERE = -1;

  private final long offset;

  /** {@code reason} names the place in the file and what was expected there. */
  public MalformedFileException(Path file, String reason) {
    super(file + ": " + reason);
    this.offset = NOWHERE;
  }

  /** {@code reason} names what was expected at byte {@code offset} of the file. */
  public MalformedFileException(Path file, long offset, String reason) {
    super(file + ": byte " + offset + ": " + reason);
    this.offset = offset;
  }

  /** The byte of the file where what is wrong begins, or {@link #NOWHERE}. */
  public long offset() {
    return offset;
  }
}
