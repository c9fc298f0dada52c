package secateur.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** A kernel built on jjava-jupyter that is not ours, and only notes what it is asked. */
public class OtherKernel extends BaseKernel {

  final List<String> evaluated = new ArrayList<>();
  final List<DisplayData> displayed = new ArrayList<>();
  String unknown;

  OtherKernel() {
    super("other", "1", null, List.of(), null, new JupyterIO(StandardCharsets.UTF_8), new CommManager(), new Renderer(),
        null, new MagicsRegistry(), true, new StringStyler.Builder().build());
  }

  /** Evaluates as versions after 1.0-a6 do. */
  public static final class Later extends OtherKernel {

    /** As {@code org.dflib.jjava.jupyter.kernel.EvalBuilder} of those versions. */
    public interface EvalBuilder {
      EvalBuilder resolveMagics();

      Object eval();
    }

    private final class Source implements EvalBuilder {

      private final String source;

      Source(String source) {
        this.source = source;
      }

      @Override
      public EvalBuilder resolveMagics() {
        return new Source("resolved " + source);
      }

      @Override
      public Object eval() {
        return note(source);
      }
    }

    public EvalBuilder evalBuilder(String source) {
      return new Source(source);
    }

    @Override
    public Object evalRaw(String source) {
      throw new NoSuchMethodError("evalRaw");
    }
  }

  @Override
  public Object evalRaw(String source) {
    return note(source);
  }

  Object note(String source) {
    evaluated.add(source);
    if (source.equals(unknown)) {
      throw new IllegalStateException("cannot find symbol " + source);
    }
    return source.contains("import ") ? null : "value of " + source;
  }

  @Override
  public void display(DisplayData data) {
    displayed.add(data);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return null;
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return null;
  }

  @Override
  public String isComplete(String code) {
    return IS_COMPLETE_MAYBE;
  }
}
