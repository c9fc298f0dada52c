package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import secateur.file.StoredType;
import secateur.file.TensorData;

/**
 * A model's tensors as {@link StoredTensors} names and turns them, all of them plain and in float32: exactly what its layers compute
 * with, whatever form they have.
 */
public final class DenseTensors implements NamedParts.Visitor {

  private final Map<String, TensorData> tensors = new TreeMap<>();

  private DenseTensors() {}

  /** Name to tensor; {@code model} must stay open until their numbers have been asked for. */
  public static Map<String, TensorData> of(Llm model) {
    DenseTensors dense = new DenseTensors();
    NamedParts.visit(model, dense);
    return dense.tensors;
  }

  @Override
  public void table(String name, NDArray table) {
    put(name, table.getShape(), () -> table);
  }

  @Override
  public void vector(String name, NDArray vector) {
    put(name, vector.getShape(), () -> vector);
  }

  @Override
  public void end(String module, Linear layer) {
    layer(module, layer, false);
  }

  @Override
  public void layer(String module, Linear layer, boolean turned) {
    Shape shape = turned ? new Shape(layer.columns(), layer.rows()) : new Shape(layer.rows(), layer.columns());
    put(module + ".weight", shape, () -> turned ? layer.weight().transpose().duplicate() : layer.weight());
    if (layer.bias() != null) {
      vector(module + ".bias", layer.bias());
    }
  }

  private void put(String name, Shape shape, Supplier<NDArray> numbers) {
    tensors.put(name, new TensorData(StoredType.F32, shape, () -> numbers.get().toType(DataType.FLOAT32, false)));
  }
}
