package secateur.gguf;

import java.util.Arrays;

/** What 256 weights of a K type are stored as, apart from where its bits lie. Filled again for each superblock. */
final class Superblock {

  static final int SIZE = 256;

  /** The scale of the scales, a half. */
  short d;
  /** The scale of the minima, a half. */
  short dmin;
  /** [sub-blocks] */
  final int[] scale;
  /** [sub-blocks] */
  final int[] min;
  /** [256], from 0 on */
  final int[] code = new int[SIZE];

  Superblock(int parts) {
    scale = new int[parts];
    min = new int[parts];
  }

  /** All to zero. */
  void clear() {
    d = 0;
    dmin = 0;
    Arrays.fill(scale, 0);
    Arrays.fill(min, 0);
    Arrays.fill(code, 0);
  }

  int parts() {
    return scale.length;
  }
}
