package secateur.kernel.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.function.Function;
import secateur.kernel.Host;
import secateur.kernel.View;

/** IJava's kernel. What its own class adds to jupyter-jvm-basekernel, which Maven Central lacks, is reached by name. */
final class IJavaHost implements Host {

  private final BaseKernel kernel;
  private final Magics magics;
  private final Method evaluation;

  IJavaHost(BaseKernel kernel) throws ReflectiveOperationException {
    this.kernel = kernel;
    magics = (Magics) kernel.getClass().getMethod("getMagics").invoke(kernel);
    evaluation = kernel.getClass().getMethod("evalRaw", String.class);
  }

  @Override
  public String name() {
    return "IJava";
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
    magics.registerLineMagic(name, words -> magic.call(words, null));
  }

  @Override
  public void cellMagic(String name, MagicBody magic) {
    magics.registerCellMagic(name, magic::call);
  }

  @Override
  public boolean showsMagicValues() {
    return false;
  }

  @Override
  public Object evaluate(String java) throws Exception {
    try {
      return evaluation.invoke(kernel, java);
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
    DisplayData data = value instanceof DisplayData given ? given : kernel.getRenderer().render(value);
    data.putTransientData("display_id", id);
    return data;
  }
}
