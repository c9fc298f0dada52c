package secateur.tensor;

/**
 * A scope for code that a person types: what it makes stays for as long as a variable, or anything else, refers to it,
 * and is freed after that. Open one for each cell or snippet, on the thread that runs it.
 */
public final class Prompt implements AutoCloseable {

  static final Unreferenced ARRAYS = new Unreferenced();

  private final Scope scope = new Scope();

  @Override
  public void close() {
    ARRAYS.watch(scope.release());
    ARRAYS.free();
  }
}
