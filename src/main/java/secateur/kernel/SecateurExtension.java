package secateur.kernel;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Installs {@link Toolkit} in a kernel built on jjava-jupyter: ours, or a stock JJava, 1.0-a6 or later. */
public final class SecateurExtension implements Extension {

  @Override
  public void install(BaseKernel kernel) {
    Toolkit.install(new JJavaHost(kernel));
  }

  @Override
  public void uninstall(BaseKernel kernel) {
    Toolkit.uninstall();
  }
}
