package secateur;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import secateur.file.Safetensors;
import secateur.model.Llm;
import secateur.text.Windows;

/** Models and figures that the field's own Python code computed. */
public final class Golden {

  private Golden() {}

  /** The names of all golden models. */
  public static List<String> models() {
    try (var directories = Files.list(path("models"))) {
      return directories.map(directory -> directory.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code golden/<name>}. */
  public static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Golden.class.getResource("/golden/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model {@code name}, for the caller to close. */
  public static Llm model(String name) {
    return Llm.load(path("models/" + name).toString());
  }

  /** A tensor of {@code golden/<file>}, on the host, for the caller's scope. */
  public static NDArray tensor(String file, String name) {
    return Safetensors.open(path(file)).read(name);
  }

  /** What {@code model} is expected to give, as {@code logits}, {@code loss}, {@code hidden_0}, {@code hidden_1}. */
  public static NDArray expected(String model, String name) {
    return tensor("models/" + model + "/expected.safetensors", name);
  }

  /** The ids (2, 48) that all golden models were run on. */
  public static long[][] ids(String model) {
    try (NDArray ids = expected(model, "input_ids")) {
      return rows(ids);
    }
  }

  /** {@link #ids} as windows. */
  public static Windows windows(String model) {
    return Windows.of(ids(model));
  }

  /** The rows of int64 {@code ids} (B, T). */
  public static long[][] rows(NDArray ids) {
    Shape shape = ids.getShape();
    long[] flat = ids.toLongArray();
    long[][] rows = new long[(int) shape.get(0)][(int) shape.get(1)];
    for (int i = 0; i < flat.length; i++) {
      rows[i / rows[0].length][i % rows[0].length] = flat[i];
    }
    return rows;
  }

  /** The rows of {@code matrix} (R, C). */
  public static double[][] numbers(NDArray matrix) {
    float[] flat = matrix.toFloatArray();
    int width = (int) matrix.getShape().get(1);
    return IntStream.range(0, flat.length / width)
        .mapToObj(row -> IntStream.range(row * width, (row + 1) * width).mapToDouble(i -> flat[i]).toArray()).toArray(double[][]::new);
  }

  /** The largest difference between two arrays of one shape. */
  public static double difference(NDArray a, NDArray b) {
    if (!a.getShape().equals(b.getShape())) {
      throw new AssertionError("shapes " + a.getShape() + " and " + b.getShape());
    }
    float[] left = a.toType(DataType.FLOAT32, false).toFloatArray();
    float[] right = b.toType(DataType.FLOAT32, false).toFloatArray();
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = Math.abs(left[i] - right[i]);
      largest = difference <= largest ? largest : difference; // NaN counts as larger
    }
    return largest;
  }
}
