package secateur.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.NativeResource;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Arrays that belong to nobody but the variables that refer to them. DJL's managers refer to every array; these are
 * taken from their manager, and freed once the garbage collector has found that nothing else refers to them.
 */
final class Unreferenced {

  private static final long PATIENCE_MS = 30;
  private static final long LONGEST_MS = 1000;
  private static final long WORTH_COLLECTING = 128L << 20;
  private static final Field HANDLE = field(NativeResource.class, "handle");
  private static final Field BUFFER = field(PtNDArray.class, "dataRef");

  private final ReferenceQueue<NDArray> unreachable = new ReferenceQueue<>();
  private final List<Watched> watched = new ArrayList<>(); // views after the buffers that they look into
  private long afterLast;

  /** An array, by what is left to free when it is gone. */
  private static final class Watched extends PhantomReference<NDArray> {

    private final AtomicReference<?> handle;
    private final ByteBuffer buffer;
    private final Device device;
    private final long bytes;
    private boolean gone;

    Watched(NDArray array, ReferenceQueue<NDArray> queue) {
      super(array, queue);
      handle = (AtomicReference<?>) value(HANDLE, array);
      buffer = (ByteBuffer) value(BUFFER, array);
      device = array.getDevice();
      bytes = Memory.bytes(array);
    }

    boolean holds() {
      return handle.get() != null;
    }

    void free() {
      gone = true;
      if (handle.getAndSet(null) instanceof Long pointer && pointer != -1) {
        JniUtils.deleteNDArray(pointer);
      }
    }
  }

  /** Takes {@code arrays} over from their managers. */
  synchronized void watch(Collection<NDArray> arrays) {
    arrays.stream().filter(PtNDArray.class::isInstance).map(PtNDArray.class::cast)
        .filter(array -> !array.isReleased() && array.getDataType() != DataType.STRING).map(this::take)
        .sorted(Comparator.comparing(each -> each.buffer == null)).forEach(watched::add);
  }

  private Watched take(PtNDArray array) {
    array.getManager().detachInternal(array.getUid());
    return new Watched(array, unreachable);
  }

  /** Frees what is unreachable; asks the collector to look where much has come up since the last time. */
  synchronized void free() {
    poll();
    forget();
    if (bytes(watched) > 2 * afterLast + WORTH_COLLECTING) {
      collect();
    }
  }

  /** Frees all that is unreachable now. */
  synchronized void collect() {
    ReferenceQueue<Object> done = new ReferenceQueue<>();
    PhantomReference<Object> last = new PhantomReference<>(new Object(), done);
    System.gc();
    await(done);
    Reference.reachabilityFence(last);
    forget();
    afterLast = bytes(watched);
  }

  private void poll() {
    for (Object each = unreachable.poll(); each != null; each = unreachable.poll()) {
      ((Watched) each).free();
    }
  }

  /** Until the collector has told of what it found, of which {@code done} is a part; on a busy machine that takes a while. */
  private void await(ReferenceQueue<Object> done) {
    try {
      done.remove(LONGEST_MS);
      for (Object each = unreachable.remove(PATIENCE_MS); each != null; each = unreachable.remove(PATIENCE_MS)) {
        ((Watched) each).free();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A view may look into the buffer of an older array: a buffer stays while anything made after it does. */
  private void forget() {
    while (!watched.isEmpty() && watched.get(watched.size() - 1).gone) {
      watched.remove(watched.size() - 1);
    }
    watched.removeIf(each -> each.gone && each.buffer == null);
  }

  /** What is not freed yet on {@code device}. */
  synchronized Memory.Holding on(Device device) {
    List<Watched> there = watched.stream().filter(each -> each.holds() && each.device.equals(device)).toList();
    return new Memory.Holding(there.size(), bytes(there));
  }

  private static long bytes(List<Watched> arrays) {
    return arrays.stream().filter(Watched::holds).mapToLong(each -> each.bytes).sum();
  }

  private static Object value(Field field, NDArray array) {
    try {
      return field.get(array);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Field field(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this version of DJL is not the one that Secateur was built with", e);
    }
  }
}
