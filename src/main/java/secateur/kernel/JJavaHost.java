package secateur.kernel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** A kernel built on jjava-jupyter; names nothing but what 1.0-a6 and the versions after it have alike. */
class JJavaHost implements Host {

  private final BaseKernel kernel;
  private final Optional<Method> evaluation;

  JJavaHost(BaseKernel kernel) {
    this.kernel = kernel;
    evaluation = Arrays.stream(kernel.getClass().getMethods())
        .filter(method -> method.getName().equals("evalBuilder")).findFirst();
  }

  @Override
  public String name() {
    return kernel.getName();
  }

  @Override
  public <T> void view(Class<T> type, Function<? super T, View> view) {
    kernel.getRenderer().createRegistration(type).register((value, context) -> {
      View shown = view.apply(value);
      DisplayData out = context.getOutputContainer();
      shown.data().forEach(out::putData);
      shown.metadata().forEach(out::putMetaData);
    });
  }

  @Override
  public void lineMagic(String name, MagicBody magic) {
    kernel.getMagicsRegistry().registerLineMagic(name, (BaseKernel any, List<String> words) -> magic.call(words, null));
  }

  @Override
  public void cellMagic(String name, MagicBody magic) {
    kernel.getMagicsRegistry().registerCellMagic(name, (BaseKernel any, List<String> words, String body) ->
        magic.call(words, body));
  }

  /** 1.0-a6 drops the values of magics (dflib/jjava#110); 1.0-a7, which brought {@code evalBuilder}, shows them. */
  @Override
  public boolean showsMagicValues() {
    return evaluation.isPresent();
  }

  /** By {@code evalRaw}, which later versions deprecate for removal, or by what they have instead. */
  @Override
  public Object evaluate(String java) throws Exception {
    return evaluation.isPresent() ? build(evaluation.get(), java) : kernel.evalRaw(java);
  }

  private Object build(Method builder, String java) throws Exception {
    try {
      Object unresolved = builder.invoke(kernel, java);
      Object resolved = builder.getReturnType().getMethod("resolveMagics").invoke(unresolved);
      return builder.getReturnType().getMethod("eval").invoke(resolved);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void display(String id, Object value) {
    kernel.display(data(id, value));
  }

  @Override
  public void update(String id, Object value) {
    kernel.getIO().display.updateDisplay(data(id, value));
  }

  private DisplayData data(String id, Object value) {
    DisplayData data = data(value);
    data.putTransientData("display_id", id);
    return data;
  }

  DisplayData data(Object value) {
    return value instanceof DisplayData data ? data : kernel.getRenderer().render(value);
  }
}
