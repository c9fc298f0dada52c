package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.TreeMap;
import secateur.spec.Names;
import secateur.spec.Role;

/**
 * A model's tensors under the names and in the orientation and types that its family's checkpoints have: what
 * {@link Llm#load} reads back. {@link Quantized}, {@link Codebook}, {@link Int8Linear} and {@link Sparse} layers stay packed, and
 * {@link RoundedInput} keeps its bits; other kinds become plain matrices.
 */
public final class StoredTensors {

  private static final double HALF_MAX = 65504;

  private final Llm model;
  private final Names names;
  private final Map<String, NDArray> tensors = new TreeMap<>();

  private StoredTensors(Llm model) {
    this.model = model;
    this.names = model.spec().names();
  }

  /** Name to tensor; what had to be made for it lives in the caller's {@link secateur.tensor.Scope}. */
  public static Map<String, NDArray> of(Llm model) {
    StoredTensors stored = new StoredTensors(model);
    stored.ends(model.ends());
    model.blocks().forEach(stored::block);
    return stored.tensors;
  }

  private void ends(Ends ends) {
    DataType type = model.head().stored();
    ends.tables().forEach((part, table) -> put(prefixed(names.module(part).orElseThrow()) + ".weight", table, type));
    ends.norms().forEach((part, norm) -> norm(prefixed(names.module(part).orElseThrow()), norm));
    ends.layers().forEach((part, layer) -> {
      if (!part.equals("head")) {
        layer(prefixed(names.module(part).orElseThrow()), layer, false);
      } else if (!model.spec().tied()) {
        layer(names.module(part).orElseThrow(), layer, false);
      }
    });
  }

  private void block(Block block) {
    for (Role role : block.roles()) {
      layer(prefixed(names.layer(block.index(), role)), block.layer(role), model.spec().transposed());
    }
    block.norms().forEach((part, norm) -> norm(prefixed(names.module(block.index(), part).orElseThrow()), norm));
  }

  private void norm(String module, Norm norm) {
    put(module + ".weight", norm.weight(), exact(norm.weight()));
    if (norm.bias() != null) {
      put(module + ".bias", norm.bias(), exact(norm.bias()));
    }
  }

  /** What the head is stored as, or float32 where {@code vector} would change. */
  private DataType exact(NDArray vector) {
    DataType type = model.head().stored();
    return vector.toType(type, false).toType(DataType.FLOAT32, false).eq(vector).all().getBoolean() ? type : DataType.FLOAT32;
  }

  private void layer(String module, Linear layer, boolean turned) {
    if (layer instanceof RoundedInput rounded) {
      tensors.put(module + RoundedInput.BITS, layer.arrays().get(0).getManager().full(new Shape(1), rounded.bits(), DataType.UINT8));
      layer(module, rounded.base(), turned);
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
    if (layer.bias() != null) {
      put(module + ".bias", layer.bias(), layer.stored());
    }
  }

  /** In {@code type}, or in float32 where float16 would overflow. */
  private void put(String name, NDArray array, DataType type) {
    boolean fits = type != DataType.FLOAT16 || array.getDataType() == type
        || array.abs().max().toType(DataType.FLOAT32, false).getFloat() <= HALF_MAX;
    tensors.put(name, array.toType(fits ? type : DataType.FLOAT32, false));
  }

  private String prefixed(String module) {
    return names.prefix() + module;
  }
}
