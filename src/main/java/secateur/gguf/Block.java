package secateur.gguf;

/** The weights of one block, and their importance. Filled again for each block. */
final class Block {

  /** The weights. */
  final float[] x;
  /** The importance of each weight's column, or null. */
  final float[] g;
  private float meanSquareOfRow;
  private float meanSquare;

  Block(int size, boolean important) {
    x = new float[size];
    g = important ? new float[size] : null;
  }

  /** The mean square of the row's weights, where there is importance. */
  float meanSquareOfRow() {
    return meanSquareOfRow;
  }

  /** The mean square of the block's weights, where there is importance. */
  float meanSquare() {
    return meanSquare;
  }

  void row(float[] weights, int from, int columns) {
    meanSquareOfRow = g == null ? 0 : sumOfSquares(weights, from, columns) / columns;
  }

  void fill(float[] weights, int from, float[] importance, int column) {
    System.arraycopy(weights, from, x, 0, x.length);
    if (g != null) {
      System.arraycopy(importance, column, g, 0, g.length);
      meanSquare = sumOfSquares(x, 0, x.length) / x.length;
    }
  }

  static float sumOfSquares(float[] x, int from, int count) {
    float sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += x[i] * x[i];
    }
    return sum;
  }
}
