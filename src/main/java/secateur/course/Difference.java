package secateur.course;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import secateur.tensor.Scope;

/** How an answer differs from the right one, told without the right one. */
final class Difference {

  private Difference() {}

  /** The end of a sentence; empty where {@code answer} is right to {@code tolerance}, a share of the largest right number. */
  static Optional<String> between(Object answer, Object right, double tolerance) {
    if (answer instanceof NDArray a && right instanceof NDArray b) {
      return ofArrays(a, b, tolerance);
    }
    if (answer instanceof Number a && right instanceof Number b) {
      return near(a.doubleValue(), b.doubleValue(), tolerance * Math.abs(b.doubleValue())) ? Optional.empty() : Optional.of(ofNumber(a, b.doubleValue()));
    }
    return answer.equals(right) ? Optional.empty() : Optional.of("is " + answer + ", which is not right");
  }

  private static String ofNumber(Number answer, double right) {
    double number = answer.doubleValue();
    return "is " + answer + (Double.isNaN(number) ? ", which is no number" : ", which is too " + (number > right ? "large" : "small"));
  }

  private static Optional<String> ofArrays(NDArray answer, NDArray right, double tolerance) {
    if (!answer.getShape().equals(right.getShape())) {
      return Optional.of("has the shape " + answer.getShape() + ", expected is " + right.getShape());
    }
    double[] a = numbers(answer);
    double[] b = numbers(right);
    double bound = tolerance * Arrays.stream(b).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    int[] wrong = IntStream.range(0, a.length).filter(i -> !near(a[i], b[i], bound)).toArray();
    return wrong.length == 0 ? Optional.empty() : Optional.of(String.format(
        "has %,d of %,d numbers that are not right, the first at %s: %s", wrong.length, a.length,
        place(wrong[0], answer.getShape().getShape()), (float) a[wrong[0]]));
  }

  private static boolean near(double answer, double right, double bound) {
    return Double.compare(answer, right) == 0 || Math.abs(answer - right) <= bound;
  }

  private static double[] numbers(NDArray array) {
    try (Scope scope = new Scope()) {
      float[] numbers = array.toType(DataType.FLOAT32, true).toFloatArray();
      return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }
  }

  private static String place(int at, long[] shape) {
    long[] place = new long[shape.length];
    long rest = at;
    for (int i = shape.length - 1; i >= 0; i--) {
      place[i] = rest % shape[i];
      rest /= shape[i];
    }
    return Arrays.toString(place);
  }
}
