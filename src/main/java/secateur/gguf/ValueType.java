package secateur.gguf;

import java.util.Locale;

/** The types of metadata values, in the order of their numbers in files. */
enum ValueType {
  U8(1), I8(1), U16(2), I16(2), U32(4), I32(4), F32(4), BOOL(1), STRING(8), ARRAY(12), U64(8), I64(8), F64(8);

  private static final ValueType[] ALL = values();

  private final int least;

  ValueType(int least) {
    this.least = least;
  }

  /** The type numbered {@code id}, or null. */
  static ValueType of(int id) {
    return id >= 0 && id < ALL.length ? ALL[id] : null;
  }

  /** Bytes of a value: all of a number, the least of a string or an array. */
  int least() {
    return least;
  }

  boolean isWhole() {
    return this != F32 && this != F64 && this != BOOL && this != STRING && this != ARRAY;
  }

  boolean isReal() {
    return this == F32 || this == F64;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
