package secateur.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import secateur.file.AtomicFile;

/** A {@link Curve} as tab-separated values: tokens, the mean training loss since the row before, the held-out loss. */
public final class CurveFile {

  private CurveFile() {}

  /** One row for each held-out loss of {@code curve}. */
  public static void write(Path file, Curve curve) {
    StringBuilder rows = new StringBuilder("tokens\ttraining\theld_out\n");
    long from = 0;
    for (Curve.Point point : curve.heldOut()) {
      rows.append(String.format(Locale.ROOT, "%d\t%.4f\t%.4f%n", point.tokens(), mean(curve.training(), from, point.tokens()), point.loss()));
      from = point.tokens();
    }
    AtomicFile.write(file, out -> out.write(StandardCharsets.UTF_8.encode(rows.toString())));
  }

  /** Of the losses after {@code from} tokens and up to {@code to}. */
  private static double mean(List<Curve.Point> points, long from, long to) {
    return points.stream().filter(p -> p.tokens() > from && p.tokens() <= to)
        .mapToDouble(Curve.Point::loss).average().orElse(Double.NaN);
  }
}
