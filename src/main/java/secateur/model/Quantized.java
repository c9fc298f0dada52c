package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import secateur.tensor.Bits;
import secateur.tensor.Nn;
import secateur.tensor.Select;

/**
 * A matrix of small codes, packed: W = (code - zero) * scale, with one scale and zero for each group of inputs of a row.
 *
 * @param packed the codes, and how many bits each has
 * @param scale (out, G)
 * @param zero uint8 (out, G)
 * @param groups the group of each input, int64 (in); null where G groups lie side by side
 * @param bias (out), or null
 */
public record Quantized(Packed packed, NDArray scale, NDArray zero, NDArray groups, NDArray bias) implements Linear {

  /**
   * Codes of {@code bits} bits for {@code columns} inputs.
   *
   * @param planes as {@link Bits#pack} makes them; the inputs are padded to a multiple of 8
   */
  public record Packed(List<NDArray> planes, int bits, long columns) {

    /** Packs uint8 {@code codes} (out, in). */
    public static Packed of(NDArray codes, int bits) {
      long columns = codes.getShape().get(1);
      long missing = Math.floorMod(-columns, 8);
      NDArray full = missing == 0 ? codes
          : codes.concat(codes.getManager().zeros(new ai.djl.ndarray.types.Shape(codes.getShape().get(0), missing), DataType.UINT8), 1);
      return new Packed(Bits.pack(full, bits), bits, columns);
    }

    /** uint8 codes (out, in). */
    public NDArray codes() {
      NDArray codes = Bits.unpack(planes, bits);
      return codes.getShape().get(1) == columns ? codes : codes.get(":, 0:" + columns);
    }
  }

  @Override
  public NDArray forward(NDArray x) {
    return Nn.linear(x, dequantized().toType(x.getDataType(), false), bias);
  }

  @Override
  public NDArray weight() {
    return dequantized().toType(DataType.FLOAT32, false);
  }

  private NDArray dequantized() {
    return Bits.dequantize(packed.codes(), scale, zero, groups);
  }

  /** Rounds {@code weight} to the grid that this layer has. */
  @Override
  public Quantized withWeight(NDArray weight) {
    return new Quantized(Packed.of(Bits.quantize(weight, scale, zero, groups, packed.bits()), packed.bits()), scale, zero, groups, bias);
  }

  /** Each input keeps the scale and zero of its group. */
  @Override
  public Quantized keep(NDArray outputs, NDArray inputs) {
    NDArray codes = Select.columns(Select.rows(packed.codes(), outputs), inputs);
    NDArray kept = inputs == null ? groups : Select.rows(groupOfEach(), inputs);
    return new Quantized(Packed.of(codes, packed.bits()), Select.rows(scale, outputs), Select.rows(zero, outputs),
        scale.getShape().get(1) == 1 ? null : kept, bias == null ? null : Select.rows(bias, outputs));
  }

  /** int64 (in). */
  private NDArray groupOfEach() {
    long width = columns() / scale.getShape().get(1);
    return groups != null ? groups : Select.places(LongStream.range(0, columns()).map(i -> i / width).toArray());
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(packed.planes());
    arrays.add(scale);
    arrays.add(zero);
    if (groups != null) {
      arrays.add(groups);
    }
    if (bias != null) {
      arrays.add(bias);
    }
    return arrays;
  }

  @Override
  public DataType stored() {
    return scale.getDataType();
  }

  @Override
  public long storedBytes() {
    long bias16 = bias == null ? 0 : bias.size() * stored().getNumOfBytes() - bias.size() * bias.getDataType().getNumOfBytes();
    return bytes() + bias16;
  }

  @Override
  public long rows() {
    return scale.getShape().get(0);
  }

  @Override
  public long columns() {
    return packed.columns();
  }

  @Override
  public String toString() {
    return "Quantized(" + rows() + " x " + columns() + ", " + packed.bits() + " bits, "
        + scale.getShape().get(1) + " groups a row)";
  }
}
