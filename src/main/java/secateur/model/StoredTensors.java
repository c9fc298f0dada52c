package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model's tensors under the names and in the orientation and types that its family's checkpoints have: what
 * {@link Llm#load} reads back. {@link Quantized}, {@link Codebook}, {@link Int8Linear} and {@link Sparse} layers stay packed, and
 * {@link RoundedInput} keeps its bits; other kinds become plain matrices.
 */
public final class StoredTensors {

  private static final double HALF_MAX = 65504;

  private final DataType type; // what the head is stored as
  private final Optional<PackedLayers> layout;
  private final Map<String, NDArray> tensors = new TreeMap<>();

  private StoredTensors(Llm model, Optional<PackedLayers> layout) {
    this.type = model.head().stored();
    this.layout = layout;
    NamedParts.visit(model, new Visitor());
  }

  /** Name to tensor; what had to be made for it lives in the caller's {@link secateur.tensor.Scope}. */
  public static Map<String, NDArray> of(Llm model) {
    return new StoredTensors(model, Optional.empty()).tensors;
  }

  /** As {@link #of(Llm)}, with the layers of the blocks as {@code layout} has them, which must be one for {@code model}. */
  public static Map<String, NDArray> of(Llm model, PackedLayers layout) {
    return new StoredTensors(model, Optional.of(layout)).tensors;
  }

  private final class Visitor implements NamedParts.Visitor {

    @Override
    public void table(String name, NDArray table) {
      put(name, table, type);
    }

    @Override
    public void vector(String name, NDArray vector) {
      put(name, vector, exact(vector));
    }

    @Override
    public void end(String module, Linear layer) {
      own(module, layer, false);
    }

    @Override
    public void layer(String module, Linear layer, boolean turned) {
      if (layout.isEmpty()) {
        own(module, layer, turned);
      } else {
        tensors.putAll(layout.get().tensors(module, layer));
        bias(module, layer);
      }
    }
  }

  /** What the head is stored as, or float32 where {@code vector} would change. */
  private DataType exact(NDArray vector) {
    return vector.toType(type, false).toType(DataType.FLOAT32, false).eq(vector).all().getBoolean() ? type : DataType.FLOAT32;
  }

  private void own(String module, Linear layer, boolean turned) {
    if (layer instanceof RoundedInput rounded) {
      tensors.put(module + RoundedInput.BITS, layer.arrays().get(0).getManager().full(new Shape(1), rounded.bits(), DataType.UINT8));
      own(module, rounded.base(), turned);
      return;
    }
    if (layer instanceof Quantized quantized) {
      tensors.putAll(QuantizedFile.tensors(module, quantized));
    } else if (layer instanceof Codebook codebook) {
      tensors.putAll(CodebookFile.tensors(module, codebook));
    } else if (layer instanceof Int8Linear rounded) {
      tensors.putAll(Int8File.tensors(module, rounded));
    } else if (layer instanceof Sparse sparse) {
      SparseFile.tensors(module, sparse).forEach((name, tensor) ->
          put(name, tensor, tensor.getDataType().isFloating() ? layer.stored() : tensor.getDataType()));
    } else {
      put(module + ".weight", turned ? layer.weight().transpose().duplicate() : layer.weight(), layer.stored());
    }
    bias(module, layer);
  }

  private void bias(String module, Linear layer) {
    if (layer.bias() != null) {
      put(module + ".bias", layer.bias(), layer.stored());
    }
  }

  /** In {@code wanted}, or in float32 where float16 would overflow. */
  private void put(String name, NDArray array, DataType wanted) {
    boolean fits = wanted != DataType.FLOAT16 || array.getDataType() == wanted
        || array.abs().max().toType(DataType.FLOAT32, false).getFloat() <= HALF_MAX;
    tensors.put(name, array.toType(fits ? wanted : DataType.FLOAT32, false));
  }
}
