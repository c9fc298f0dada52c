package secateur.method;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import secateur.measure.Flops;
import secateur.measure.Size;
import secateur.measure.Speed;
import secateur.model.Llm;
import secateur.text.Windows;

/**
 * What a model may take at most.
 *
 * @param most in {@code unit}
 * @param unit of {@code most}, as it is shown
 * @param figure what a model takes, in {@code unit}, on windows of a length
 */
public record Budget(double most, String unit, ToDoubleBiFunction<Llm, Windows> figure) {

  private static final int REPEATS = 3;
  private static final ToDoubleBiFunction<Llm, Windows> MEBIBYTES = (model, text) -> Size.of(model).disk() / (double) (1 << 20);
  private static final ToDoubleBiFunction<Llm, Windows> BITS = (model, text) -> Size.of(model).bitsPerWeight();
  private static final ToDoubleBiFunction<Llm, Windows> PARAMETERS = (model, text) -> Size.of(model).parameters();
  private static final ToDoubleBiFunction<Llm, Windows> MEGAFLOPS =
      (model, text) -> Flops.of(model, Size.of(model), text.length()).executed() / 1e6;
  private static final ToDoubleBiFunction<Llm, Windows> MILLISECONDS =
      (model, text) -> IntStream.range(0, REPEATS).mapToDouble(i -> Speed.of(model, text.length()).decode()).max().orElseThrow();

  public Budget {
    if (!(most > 0)) {
      throw new IllegalArgumentException("the budget is " + most + " " + unit + ", it must lie above 0");
    }
  }

  /** 2^20 bytes of all tensors on disk. */
  public static Budget mebibytes(double most) {
    return new Budget(most, "MiB on disk", MEBIBYTES);
  }

  /** Bits on disk for each weight of the layers that methods work on, scales and zeros included. */
  public static Budget bitsPerWeight(double most) {
    return new Budget(most, "bits/weight", BITS);
  }

  /** Numbers that the model consists of. */
  public static Budget parameters(double most) {
    return new Budget(most, "parameters", PARAMETERS);
  }

  /** 10^6 floating-point operations that dense kernels carry out for one token, at the end of a calibration window. */
  public static Budget megaflops(double most) {
    return new Budget(most, "MFLOPs a token", MEGAFLOPS);
  }

  /** For one more token after a calibration window, one sequence at a time, measured here: the slowest of three medians. */
  public static Budget milliseconds(double most) {
    return new Budget(most, "ms a token", MILLISECONDS);
  }

  /** What {@code model} takes, in {@code unit}; {@code text} says how long windows are. */
  public double of(Llm model, Windows text) {
    return figure.applyAsDouble(model, text);
  }

  /** {@code value} with its unit. */
  public String text(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(4)).stripTrailingZeros().toPlainString() + " " + unit;
  }

  @Override
  public String toString() {
    return text(most);
  }
}
