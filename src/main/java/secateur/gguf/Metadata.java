package secateur.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The key-value pairs of a GGUF file, in order, each with its type. A missing key and a value of another type are
 * {@link IllegalArgumentException}s that name the key, the type that is there and the one that was wanted.
 */
public final class Metadata {

  private final Map<String, Value> values;

  private Metadata(Map<String, Value> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** All keys, in order. */
  public Set<String> keys() {
    return values.keySet();
  }

  /** Whether {@code key} is there, with any type. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether {@code key} is there as an integer of any width. */
  public boolean isWhole(String key) {
    return values.get(key) instanceof Value.Whole;
  }

  /** Whether {@code key} is there as a bool. */
  public boolean isFlag(String key) {
    return values.get(key) instanceof Value.Flag;
  }

  /** The string {@code key}. */
  public String text(String key) {
    return wanted(key, Value.Text.class, "string").value();
  }

  /** The integer {@code key}, of any width; a u64 above 2^63 - 1 is an error. */
  public long whole(String key) {
    Value.Whole value = wanted(key, Value.Whole.class, "integer");
    if (value.type() == ValueType.U64 && value.bits() < 0) {
      throw new IllegalArgumentException("key '" + key + "' is the u64 " + Long.toUnsignedString(value.bits()) + ", allowed are at most 2^63 - 1");
    }
    return value.bits();
  }

  /** The f32 {@code key}, or an f64 rounded to one. */
  public float number(String key) {
    return (float) wanted(key, Value.Real.class, "f32 or f64").value();
  }

  /** The bool {@code key}. */
  public boolean flag(String key) {
    return wanted(key, Value.Flag.class, "bool").value();
  }

  /** The array of strings {@code key}. */
  public List<String> texts(String key) {
    return wanted(key, Value.Texts.class, "array of string").values();
  }

  /** The array of integers {@code key}, of any width as long as each value is an int. */
  public int[] ints(String key) {
    Value.Numbers array = wanted(key, Value.Numbers.class, "array of integers");
    if (!array.element().isWhole()) {
      throw another(key, array, "array of integers");
    }
    int[] ints = new int[array.count()];
    for (int i = 0; i < ints.length; i++) {
      long value = array.whole(i);
      if (value != (int) value) {
        throw new IllegalArgumentException("element " + i + " of key '" + key + "' is " + value + ", no int");
      }
      ints[i] = (int) value;
    }
    return ints;
  }

  /** The array of f32 {@code key}, or of f64 rounded to them. */
  public float[] floats(String key) {
    Value.Numbers array = wanted(key, Value.Numbers.class, "array of f32 or f64");
    if (!array.element().isReal()) {
      throw another(key, array, "array of f32 or f64");
    }
    float[] floats = new float[array.count()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.real(i);
    }
    return floats;
  }

  Map<String, Value> values() {
    return values;
  }

  private <T extends Value> T wanted(String key, Class<T> type, String name) {
    Value value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no key '" + key + "'; wanted: " + name);
    }
    if (!type.isInstance(value)) {
      throw another(key, value, name);
    }
    return type.cast(value);
  }

  private static IllegalArgumentException another(String key, Value value, String wanted) {
    return new IllegalArgumentException("key '" + key + "' is of type " + value.typeName() + "; wanted: " + wanted);
  }

  /** Gathers pairs; a key that is there already is an error. */
  public static final class Builder {

    private final Map<String, Value> values = new LinkedHashMap<>();

    private Builder() {}

    /** A string. */
    public Builder text(String key, String value) {
      return put(key, new Value.Text(value));
    }

    /** A u32: {@code value} is in 0 to 2^32 - 1. */
    public Builder u32(String key, long value) {
      if (value < 0 || value > 0xffff_ffffL) {
        throw new IllegalArgumentException("key '" + key + "' is " + value + ", a u32 is in 0 to 4294967295");
      }
      return put(key, new Value.Whole(ValueType.U32, value));
    }

    /** An f32. */
    public Builder f32(String key, float value) {
      return put(key, new Value.Real(ValueType.F32, Float.floatToRawIntBits(value)));
    }

    /** A bool. */
    public Builder flag(String key, boolean value) {
      return put(key, new Value.Flag(value));
    }

    /** An array of strings. */
    public Builder texts(String key, List<String> values) {
      return put(key, new Value.Texts(values));
    }

    /** An array of i32. */
    public Builder i32s(String key, int... values) {
      ByteBuffer bytes = array(key, values.length);
      bytes.asIntBuffer().put(values);
      return put(key, new Value.Numbers(ValueType.I32, bytes));
    }

    /** An array of f32. */
    public Builder f32s(String key, float... values) {
      ByteBuffer bytes = array(key, values.length);
      bytes.asFloatBuffer().put(values);
      return put(key, new Value.Numbers(ValueType.F32, bytes));
    }

    /** What was gathered. */
    public Metadata build() {
      return new Metadata(values);
    }

    boolean has(String key) {
      return values.containsKey(key);
    }

    Builder put(String key, Value value) {
      if (values.putIfAbsent(key, value) != null) {
        throw new IllegalArgumentException("the key '" + key + "' is there already");
      }
      return this;
    }

    private static ByteBuffer array(String key, int count) {
      if (count > Format.MAX_HEADER / 4) {
        throw new IllegalArgumentException("key '" + key + "' has " + count + " elements; a header has at most " + Format.MAX_HEADER + " bytes");
      }
      return ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
