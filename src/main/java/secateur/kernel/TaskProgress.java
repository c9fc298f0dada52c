package secateur.kernel;

import secateur.tensor.Progress;

/** Progress in kernels that do not say when a cell begins: a line for each task. */
final class TaskProgress implements Progress.Listener {

  private final CellProgress line;

  TaskProgress(CellProgress line) {
    this.line = line;
  }

  @Override
  public void update(Progress.State state) {
    line.update(state);
    if (state.stage() != Progress.Stage.RUNNING) {
      line.newCell();
    }
  }
}
