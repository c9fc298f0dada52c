package secateur.hub;

import java.util.Locale;

/** Numbers of bytes in words. */
final class Bytes {

  private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private Bytes() {}

  /** For example {@code 3.1 MB}. */
  static String of(long bytes) {
    double number = bytes;
    int unit = 0;
    for (; number >= 1000 && unit < UNITS.length - 1; unit++) {
      number /= 1000;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", number, UNITS[unit]);
  }
}
