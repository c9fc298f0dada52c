package secateur.gguf;

import secateur.gguf.Affine.Search;

/** The codec of each type, as llama.cpp's reference quantizers have them, for blocks with and without importance. */
final class Codecs {

  static final Field LOW = new Field(0, 4, 16);
  static final Field FIFTH = new Field(4, 1, 1);

  private Codecs() {}

  static Codec of(GgmlType type, boolean important) {
    return important ? important(type) : plain(type);
  }

  private static Codec plain(GgmlType type) {
    return switch (type) {
      case F32 -> new Single();
      case F16 -> new HalfPrecision();
      case Q8_0 -> new Q8();
      case Q4_0 -> new Symmetric32(new Truncated(8), Weighting.EQUAL, LOW);
      case Q5_0 -> new Symmetric32(new Truncated(16), Weighting.EQUAL, FIFTH, LOW);
      case Q4_1 -> new Affine32(new MinMax(15), Weighting.EQUAL, LOW);
      case Q5_1 -> new Affine32(new MinMax(31), Weighting.EQUAL, FIFTH, LOW);
      case IQ4_NL -> new Levels32(Weighting.SQUARE);
      case Q2_K -> new AffineK(Layout.Q2_K, new Affine(3, new Search(-0.5f, 0.1f, 15, true)), new ToMaximum(15), Weighting.MAGNITUDE);
      case Q4_K -> new AffineK(Layout.Q4_K, new Affine(15, new Search(-1, 0.1f, 20, false)), new ToMaximum(63), Weighting.LIFTED);
      case Q5_K -> new AffineK(Layout.Q5_K, new Affine(31, new Search(-0.5f, 0.1f, 15, false)), new ToMaximum(63), Weighting.LIFTED);
      case Q3_K -> new SymmetricK(Layout.Q3_K, new SymmetricDescent(4), new ToPeak(32), Weighting.SQUARE, 0);
      case Q6_K -> new SymmetricK(Layout.Q6_K, new Symmetric(32), new ToPeak(128), Weighting.SQUARE, Codes.ZERO);
    };
  }

  private static Codec important(GgmlType type) {
    return switch (type) {
      case F32, F16, Q8_0 -> plain(type);
      case Q4_0 -> new Symmetric32(new Symmetric(8), Weighting.BY_ROW, LOW);
      case Q5_0 -> new Symmetric32(new Symmetric(16), Weighting.BY_ROW, FIFTH, LOW);
      case Q4_1 -> new Affine32(new Affine(15, Search.IMPORTANT), Weighting.BY_ROW, LOW);
      case Q5_1 -> new Affine32(new Affine(31, Search.IMPORTANT), Weighting.BY_ROW, FIFTH, LOW);
      case IQ4_NL -> new Levels32(Weighting.BY_TWICE_BLOCK);
      case Q2_K -> new AffineK(Layout.Q2_K, new Affine(3, Search.IMPORTANT), new Positive(15), Weighting.BY_BLOCK);
      case Q4_K -> new AffineK(Layout.Q4_K, new Affine(15, Search.IMPORTANT), new Positive(63), Weighting.BY_TWICE_BLOCK);
      case Q5_K -> new AffineK(Layout.Q5_K, new Affine(31, Search.IMPORTANT), new Positive(63), Weighting.BY_TWICE_BLOCK);
      case Q3_K -> new SymmetricK(Layout.Q3_K, new Symmetric(4), new Symmetric(32), Weighting.BY_TWICE_BLOCK, 0);
      case Q6_K -> new SymmetricK(Layout.Q6_K, new Symmetric(32), new ToPeak(128), Weighting.IMPORTANCE, Codes.ZERO);
    };
  }
}
