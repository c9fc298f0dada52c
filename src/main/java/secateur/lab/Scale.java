package secateur.lab;

import java.util.Locale;

/** The colour behind a number. Colours are translucent, so that they suit light and dark pages. */
interface Scale {

  /** No colour. */
  Scale NONE = value -> "";

  /** Blue, from nothing at 0 % to full at 100 %. */
  Scale SHARE = percent -> css("0,114,178", 0.40, percent / 100);

  /** Warm, from nothing at 1 % to full at 1000 %, equal factors equally far apart. */
  Scale WORSE = percent -> css("213,94,0", 0.45, Math.log10(percent) / 3);

  /** A CSS colour, or empty. */
  String background(double value);

  /** {@link #WORSE} by how much more than {@code reference} a value is. */
  static Scale above(double reference) {
    return value -> WORSE.background(100 * (value / reference - 1));
  }

  private static String css(String color, double full, double share) {
    double alpha = full * Math.min(1, share);
    return alpha >= 0.005 ? String.format(Locale.ROOT, "rgba(%s,%.2f)", color, alpha) : "";
  }
}
