package secateur.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a file's bytes are read from. */
@FunctionalInterface
public interface ByteSource {

  /** Reads some bytes at {@code at} into what remains of {@code to}: how many, or -1 at the end. */
  int read(ByteBuffer to, long at) throws IOException;
}
