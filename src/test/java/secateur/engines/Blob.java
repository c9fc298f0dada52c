package secateur.engines;

import com.sun.jna.Structure;

/** A C struct of which only the size is known, passed by value. JNA wants a class for each size. */
@Structure.FieldOrder("bytes")
public abstract class Blob extends Structure implements Structure.ByValue {
  /** What it holds. */
  public byte[] bytes;

  Blob(int size) {
    bytes = new byte[size];
    allocateMemory();
  }

  /** 56 bytes. */
  public static final class Of56 extends Blob {
    /** Zeros. */
    public Of56() {
      super(56);
    }
  }

  /** 64 bytes. */
  public static final class Of64 extends Blob {
    /** Zeros. */
    public Of64() {
      super(64);
    }
  }

  /** 72 bytes. */
  public static final class Of72 extends Blob {
    /** Zeros. */
    public Of72() {
      super(72);
    }
  }

  /** 112 bytes. */
  public static final class Of112 extends Blob {
    /** Zeros. */
    public Of112() {
      super(112);
    }
  }

  /** 120 bytes. */
  public static final class Of120 extends Blob {
    /** Zeros. */
    public Of120() {
      super(120);
    }
  }
}
