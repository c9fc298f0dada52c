package secateur.prune;

import secateur.method.Sparsity;

/** What a method that sees one layer at a time can do. */
final class LayerWise {

  private LayerWise() {}

  static void check(String method, Sparsity sparsity) {
    if (sparsity instanceof Sparsity.Global) {
      throw new IllegalArgumentException(
          method + " sees one layer at a time, so global sparsity has no meaning for it; allowed are perMatrix, perRow, nm and below");
    }
  }
}
