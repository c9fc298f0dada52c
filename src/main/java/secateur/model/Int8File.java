package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import secateur.file.Checkpoint;
import secateur.tensor.Devices;
import secateur.tensor.Int8;

/**
 * How an {@link Int8Linear} lies in safetensors: {@code <module>.int8} (out, in), {@code .int8_scale} float32 (out), and for
 * {@link OutlierColumns} {@code .int8_threshold} float64 (1).
 */
final class Int8File {

  static final String CODES = ".int8";
  private static final String SCALE = ".int8_scale";
  private static final String THRESHOLD = ".int8_threshold";

  private Int8File() {}

  static boolean has(Set<String> names, String module) {
    return names.contains(module + CODES);
  }

  /** The tensors of {@code layer}, without its bias. */
  static Map<String, NDArray> tensors(String module, Int8Linear layer) {
    Map<String, NDArray> tensors = new TreeMap<>();
    tensors.put(module + CODES, layer.rounded().codes());
    tensors.put(module + SCALE, layer.rounded().scale());
    if (layer instanceof OutlierColumns columns) {
      tensors.put(module + THRESHOLD, Devices.manager().create(new double[] {columns.threshold()}));
    }
    return tensors;
  }

  /** The layer of {@code shape} (out, in). */
  static Int8Linear read(Checkpoint checkpoint, String module, Shape shape, NDArray bias) {
    NDArray codes = QuantizedFile.checked(checkpoint, module + CODES, DataType.INT8, shape);
    NDArray scale = QuantizedFile.checked(checkpoint, module + SCALE, DataType.FLOAT32, new Shape(shape.get(0)));
    DataType stored = bias == null ? DataType.FLOAT32 : Tensors.stored(checkpoint.type(module + ".bias"), bias);
    Int8.Rows rounded = new Int8.Rows(codes, scale);
    String threshold = module + THRESHOLD;
    if (!checkpoint.names().contains(threshold)) {
      return new W8A8(rounded, bias, stored);
    }
    return new OutlierColumns(rounded, bias, stored,
        QuantizedFile.checked(checkpoint, threshold, DataType.FLOAT64, new Shape(1)).toDoubleArray()[0]);
  }
}
