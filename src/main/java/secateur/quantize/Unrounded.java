package secateur.quantize;

import secateur.method.DataFree;
import secateur.model.Linear;
import secateur.model.OnBase;
import secateur.model.Rounded;

/** {@code method} for layers that are not quantized yet; others stay. */
record Unrounded(DataFree method) implements DataFree {

  @Override
  public void check(Linear layer) {
    if (!rounded(layer)) {
      method.check(layer);
    }
  }

  @Override
  public Linear compress(Linear layer) {
    return rounded(layer) ? layer : method.compress(layer);
  }

  private static boolean rounded(Linear layer) {
    return layer instanceof Rounded || layer instanceof OnBase above && rounded(above.base());
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
