package secateur.gguf;

import java.nio.ByteBuffer;

/** Writes and reads the blocks of one type, one after the other. Holds scratch space, so that each thread needs its own. */
interface Codec {

  /** Writes one block at the position of {@code out}, which is little-endian. */
  void encode(Block block, ByteBuffer out);

  /** Reads one block at the position of {@code in}, which is little-endian, into {@code y} from {@code at} on. */
  void decode(ByteBuffer in, float[] y, int at);
}
