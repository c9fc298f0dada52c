package secateur.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import secateur.tensor.Bits;
import secateur.tensor.Nn;
import secateur.tensor.Select;
import secateur.tensor.Step.Operands;

/**
 * A matrix of small codes, packed: W = (code - zero) * scale, with one scale and zero for each group of inputs of a row.
 *
 * @param codes the codes, and how many bits each has
 * @param scale (out, G)
 * @param zero (out, G): uint8, or floating-point as {@code scale} where it lies between codes
 * @param groups the group of each input, int64 (in); null where G groups lie side by side
 * @param bias (out), or null
 */
public record Quantized(Codes codes, NDArray scale, NDArray zero, NDArray groups, NDArray bias) implements Rounded {

  /**
   * Codes of {@code bits} bits for {@code columns} inputs.
   *
   * @param planes as {@link Bits#pack} makes them; the inputs are padded to a multiple of 8
   */
  public record Packed(List<NDArray> planes, int bits, long columns) implements Codes {

    /** Packs uint8 {@code codes} (out, in). */
    public static Packed of(NDArray codes, int bits) {
      long columns = codes.getShape().get(1);
      long missing = Math.floorMod(-columns, 8);
      NDArray full = missing == 0 ? codes
          : codes.concat(codes.getManager().zeros(new ai.djl.ndarray.types.Shape(codes.getShape().get(0), missing), DataType.UINT8), 1);
      return new Packed(Bits.pack(full, bits), bits, columns);
    }

    @Override
    public NDArray codes() {
      NDArray codes = Bits.unpack(planes, bits);
      return codes.getShape().get(1) == columns ? codes : codes.get(":, 0:" + columns);
    }

    @Override
    public NDArray product(NDArray x, Quantized layer) {
      return layer.unpackedProduct(x);
    }

    @Override
    public Packed with(NDArray scale, NDArray zero) {
      return this;
    }

    @Override
    public Packed packed() {
      return this;
    }

    @Override
    public List<NDArray> arrays() {
      return planes;
    }

    @Override
    public String toString() {
      return "unpacked";
    }
  }

  /** The same layer, laid out for the fastest product that there is. */
  public Quantized fastest() {
    Optional<Codes> kernel = groups == null ? Nibbles.of(codes.codes(), codes.bits(), scale, zero) : Optional.empty();
    return kernel.map(fast -> new Quantized(fast, scale, zero, groups, bias)).orElse(this);
  }

  /** The same codes with another scale (out, G). */
  public Quantized withScale(NDArray other) {
    return new Quantized(codes.with(other, zero), other, zero, groups, bias);
  }

  @Override
  public NDArray forward(NDArray x) {
    NDArray y = codes.product(x, this);
    return bias == null ? y : y.add(bias.toType(y.getDataType(), false));
  }

  /** x W' with all weights unpacked. */
  NDArray unpackedProduct(NDArray x) {
    return Nn.linear(x, groups == null ? Bits.dequantizeLike(codes.codes(), scale, zero, x) : dequantized().toType(x.getDataType(), false), null);
  }

  @Override
  public Optional<Operands> operands() {
    return codes.operands(bias);
  }

  /** How products are computed: the name of PyTorch's operator, or {@code "unpacked"}. */
  public String path() {
    return codes.toString();
  }

  @Override
  public NDArray weight() {
    return dequantized().toType(DataType.FLOAT32, false);
  }

  private NDArray dequantized() {
    return Bits.dequantize(codes.codes(), scale, zero, groups);
  }

  /** Rounds {@code weight} to the grid that this layer has, whose zero becomes a code wherever {@code weight} has zeros. */
  @Override
  public Quantized withWeight(NDArray weight) {
    NDArray whole = Bits.wholeWhereZero(weight, zero, groupOfEach(), codes.bits());
    NDArray rounded = Bits.quantize(weight, scale, whole, groups, codes.bits());
    return new Quantized(Packed.of(rounded, codes.bits()), scale, whole, groups, bias).fastest();
  }

  /** Each input keeps the scale and zero of its group. */
  @Override
  public Quantized keep(NDArray outputs, NDArray inputs) {
    NDArray left = Select.columns(Select.rows(codes.codes(), outputs), inputs);
    NDArray kept = inputs == null ? groups : Select.rows(groupOfEach(), inputs);
    return new Quantized(Packed.of(left, codes.bits()), Select.rows(scale, outputs), Select.rows(zero, outputs),
        scale.getShape().get(1) == 1 ? null : kept, bias == null ? null : Select.rows(bias, outputs)).fastest();
  }

  private NDArray groupOfEach() {
    return groups != null ? groups : sideBySide(columns(), scale.getShape().get(1));
  }

  /** The group of each of {@code columns} inputs in {@code count} groups that lie side by side: int64 (in). */
  public static NDArray sideBySide(long columns, long count) {
    long width = columns / count;
    return Select.places(LongStream.range(0, columns).map(i -> i / width).toArray());
  }

  @Override
  public List<NDArray> arrays() {
    List<NDArray> arrays = new ArrayList<>(codes.arrays());
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
    long planes = rows() * ((columns() + 7) / 8) * codes.bits();
    long grids = scale.size() * stored().getNumOfBytes() + zero.size() * zero.getDataType().getNumOfBytes();
    return planes + grids + (groups == null ? 0 : groups.size() * Long.BYTES) + (bias == null ? 0 : bias.size() * stored().getNumOfBytes());
  }

  @Override
  public long rows() {
    return scale.getShape().get(0);
  }

  @Override
  public long columns() {
    return codes.columns();
  }

  @Override
  public String toString() {
    return "Quantized(" + rows() + " x " + columns() + ", " + codes.bits() + " bits, "
        + scale.getShape().get(1) + " groups a row)";
  }
}
