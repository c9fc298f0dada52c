package secateur.kernel;

import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;

/** Our own kernel, which also clears and pages. */
final class KernelHost extends JJavaHost {

  private final SecateurKernel kernel;

  KernelHost(SecateurKernel kernel) {
    super(kernel);
    this.kernel = kernel;
  }

  @Override
  public void clear() {
    ((KernelIO) kernel.getIO()).environment().publish(PublishClearOutput.NOW);
  }

  @Override
  public void page(Object value) {
    kernel.page(data(value));
  }
}
