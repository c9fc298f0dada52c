package secateur.kernel;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import secateur.tensor.Progress;

/**
 * Runs cells as the kernel does, without Jupyter, and keeps their outputs. It takes the standard streams, the progress
 * and the screen of its process, so that there is one in a process.
 */
public final class CellSession implements AutoCloseable {

  /**
   * What became of a cell.
   *
   * @param outputs in nbformat's form
   * @param value of its last expression, or null
   * @param hint what is wrong with it, or why it fails as a test, in one sentence; empty if nothing is
   */
  public record Ran(JsonArray outputs, Object value, Optional<String> hint) {}

  private final Recorder recorder = new Recorder();
  private final CellOutput output = new CellOutput();
  private final Evaluator evaluator;

  /** A session with the imports of every notebook. */
  public CellSession() {
    Magics magics = new Magics(new KernelSession(this::evaluator), new MagicsRegistry());
    evaluator = new Evaluator(List.of("-classpath", System.getProperty("java.class.path")), magics);
    evaluator.imports(Imports.lines());
    output.attach(recorder::print);
  }

  private Evaluator evaluator() {
    return evaluator;
  }

  /**
   * Runs a cell; what it throws is among its outputs.
   *
   * @param number above 0 for a cell of the student's, which hints refer to; else 0
   */
  public Ran run(String source, int number) {
    take();
    recorder.begin();
    Object value = null;
    Optional<String> hint = Optional.empty();
    try {
      value = shown(evaluator.evaluate(source, number), number);
    } catch (CellError error) {
      hint = Optional.of(Hint.of(error));
      recorder.error(error);
    } catch (RuntimeException | Error e) {
      hint = Optional.of("the cell ends in " + e);
      recorder.error(CellError.of(e.getClass().getName(), String.valueOf(e.getMessage())));
    }
    output.flush();
    return new Ran(recorder.outputs(), value, shadowed(number).or(said(hint)).or(() -> printed(number)));
  }

  private Object shown(Object value, int number) {
    if (value != null) {
      recorder.result(value, number);
    }
    return value;
  }

  private Optional<String> shadowed(int number) {
    return number == 0 ? Optional.empty()
        : Optional.of(evaluator.unshadow(number)).filter(names -> !names.isEmpty()).map(Hint::shadows);
  }

  /** A student's own cell may print where it likes. */
  private Optional<String> printed(int number) {
    return Optional.of(Hint.PRINTS).filter(any -> number == 0 && recorder.complains());
  }

  private static Supplier<Optional<String>> said(Optional<String> hint) {
    return () -> hint;
  }

  /** Whatever the last cell did to them, streams and screen are this session's again. */
  private void take() {
    output.flush();
    System.setOut(output.out());
    System.setErr(output.err());
    Notebook.screen(recorder);
    Progress.reset();
    Progress.listener(new CellProgress(recorder));
  }

  /** Forgets what the cells of this number declared. */
  public void forget(int number) {
    evaluator.forget(number);
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
