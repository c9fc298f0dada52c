package secateur.kernel;

import secateur.tensor.Progress;

/** Progress in kernels that do not say when a cell begins: a line for each task. */
final class TaskProgress implements Progress.Listener {

  private final CellProgress line;

  TaskProgress(CellProgress line) {
    this.line = line;
  }

  @Override
  public void notice(String sentence) {
    line.notice(sentence);
  }

  /** What an interrupted cell still reports on its way out is not shown: these kernels have left that cell. */
  @Override
  public void update(Progress.State state) {
    boolean left = Thread.currentThread().isInterrupted();
    if (!left) {
      line.update(state);
    }
    if (left || state.stage() != Progress.Stage.RUNNING) {
      line.newCell();
    }
  }
}
