package secateur.kernel.ijava;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import secateur.kernel.Toolkit;

/**
 * Installs {@link Toolkit} in a stock IJava 1.3.0, which has no extensions of its own: with Secateur on
 * {@code IJAVA_CLASSPATH}, {@code IJAVA_STARTUP_SCRIPT} is {@code secateur.kernel.ijava.IJava.install();}.
 */
public final class IJava {

  private static final String KERNEL = "io.github.spencerpark.ijava.IJava";

  private IJava() {}

  /**
   * Brings views, progress, imports and magics to the IJava that runs in this process.
   *
   * @throws ReflectiveOperationException if this process is none
   */
  public static void install() throws ReflectiveOperationException {
    install((BaseKernel) Class.forName(KERNEL).getMethod("getKernelInstance").invoke(null));
  }

  static void install(BaseKernel kernel) throws ReflectiveOperationException {
    Toolkit.install(new IJavaHost(kernel));
  }
}
