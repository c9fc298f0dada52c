package secateur.kernel;

import java.util.List;
import java.util.function.Function;

/** A notebook kernel that {@link Toolkit} is installed in. Its implementations are adapters to one kernel's API each. */
public interface Host extends Screen {

  /** What a magic does. */
  @FunctionalInterface
  interface MagicBody {
    /**
     * The value of a call.
     *
     * @param words what stands after the name, split at blanks, without quotes
     * @param body the lines below a cell magic; null for a line magic
     */
    Object call(List<String> words, String body) throws Exception;
  }

  /** The kernel's name, for sentences. */
  String name();

  /** Shows values of {@code type} so. */
  <T> void view(Class<T> type, Function<? super T, View> view);

  /** Makes {@code %name} known. */
  void lineMagic(String name, MagicBody magic);

  /** Makes {@code %%name} known. */
  void cellMagic(String name, MagicBody magic);

  /** Whether the kernel itself shows the value of a magic. */
  boolean showsMagicValues();

  /** The value of the last expression of {@code java}, run as if it stood in a cell; null if it has none. */
  Object evaluate(String java) throws Exception;

  @Override
  default void clear() {
    throw cannot("clear what a cell has shown");
  }

  @Override
  default void page(Object value) {
    throw cannot("show a page");
  }

  private IllegalStateException cannot(String what) {
    return new IllegalStateException("only the Secateur kernel can " + what + "; the running kernel is " + name());
  }
}
