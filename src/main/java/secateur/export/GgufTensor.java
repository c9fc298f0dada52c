package secateur.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import secateur.gguf.Blocks;
import secateur.gguf.GgmlType;
import secateur.gguf.GgufWriter;
import secateur.model.GgufPart;
import secateur.tensor.Scope;

/** One tensor on its way into a GGUF file: its type is settled, its bytes are made when their turn comes. */
final class GgufTensor {

  private final String name;
  private final GgmlType type;
  private final long[] shape;
  private final GgufPart part;
  private final float[] importance;
  private double error;

  private GgufTensor(GgufPart part, GgmlType type, float[] importance) {
    this.name = part.name();
    this.type = type;
    this.part = part;
    this.importance = importance;
    this.shape = part instanceof GgufPart.Matrix matrix ? new long[] {matrix.layer().rows(), matrix.layer().columns()}
        : ((GgufPart.Vector) part).values().getShape().getShape();
  }

  static GgufTensor of(GgufPart part, GgmlType type, Map<String, float[]> importance) {
    return new GgufTensor(part, type, part instanceof GgufPart.Matrix matrix ? importance.get(matrix.layerName()) : null);
  }

  /** The type that most weights of {@code tensors} have. */
  static GgmlType commonest(List<GgufTensor> tensors) {
    return tensors.stream().collect(Collectors.groupingBy(each -> each.type, Collectors.summingLong(GgufTensor::weights))).entrySet().stream()
        .max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  long bytes() {
    return type.bytes(weights());
  }

  private long weights() {
    long weights = 1;
    for (long extent : shape) {
      weights *= extent;
    }
    return weights;
  }

  GgufWriter.Content content() {
    return new GgufWriter.Content(name, type, shape, this::data);
  }

  private ByteBuffer data() {
    float[] weights = floats();
    ByteBuffer data = onGrid().orElseGet(() -> Blocks.encode(type, weights, (int) shape[shape.length - 1], importance));
    error = type == GgmlType.F32 ? 0 : error(weights, Blocks.decode(type, data, weights.length));
    return data;
  }

  /** Of a layer whose codes the type can hold. */
  private Optional<ByteBuffer> onGrid() {
    return part instanceof GgufPart.Matrix matrix ? GridBlocks.of(matrix.layer(), type) : Optional.empty();
  }

  private float[] floats() {
    try (Scope scope = new Scope()) {
      NDArray values = part instanceof GgufPart.Matrix matrix ? matrix.layer().weight() : ((GgufPart.Vector) part).values();
      return values.toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  /** |W - W'|^2 / |W|^2. */
  private static double error(float[] weights, float[] read) {
    double lost = 0;
    double all = 0;
    for (int i = 0; i < weights.length; i++) {
      double difference = (double) weights[i] - read[i];
      lost += difference * difference;
      all += (double) weights[i] * weights[i];
    }
    return all == 0 ? 0 : lost / all;
  }

  /** What was written, once it was. */
  Written.Tensor written() {
    return new Written.Tensor(name, type.name(), weights(), bytes(), error);
  }
}
