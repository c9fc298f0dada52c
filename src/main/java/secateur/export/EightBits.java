package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.types.DataType;

/**
 * Numbers in blocks of eight-bit codes, as llama.cpp rounds activations: x ≈ code d, d = max |x| / 127, code = round(127 x / max |x|), to even.
 *
 * @param codes float32 (N, block), from -127 to 127
 * @param scale d, float32 (N, 1)
 */
record EightBits(NDArray codes, NDArray scale) {

  /** Of Q8_0 and Q8_1. */
  static final int BLOCK = 32;
  /** Of Q8_K. */
  static final int SUPERBLOCK = 256;

  private static final float TOP = 127;
  private static final float LEAST = 1e-30f; // keeps blocks of zeros from 0 / 0

  /** {@code x} (…, in) in blocks of {@code size} that lie side by side. */
  static EightBits of(NDArray x, int size) {
    NDArray blocks = x.toType(DataType.FLOAT32, false).reshape(-1, size);
    NDArray peak = blocks.abs().max(new int[] {1}, true).maximum(LEAST);
    return new EightBits(blocks.mul(NDArrays.div(TOP, peak)).round(), peak.div(TOP));
  }

  /** code d (N, block). */
  NDArray scaled() {
    return codes.mul(scale);
  }

  /** code d with d as a half, (N, block). */
  NDArray halfScaled() {
    return codes.mul(half(scale));
  }

  /** d times the sum of codes as a half, (N). */
  NDArray halfSums() {
    return half(codes.sum(new int[] {1}, true).mul(scale)).squeeze(1);
  }

  private static NDArray half(NDArray x) {
    return x.toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
  }
}
