package secateur.cli;

import secateur.method.ByTraining;
import secateur.model.Llm;
import secateur.text.Windows;
import secateur.train.Recipe;
import secateur.train.Trainer;

/**
 * A student after what it was taught; closing it closes the student.
 *
 * @param model the student
 * @param tokens that it had to predict
 * @param seconds that it took
 */
record Lesson(Llm model, long tokens, double seconds) implements AutoCloseable {

  /** Another student, taught what this one was, then by {@code method} on {@code text}. */
  Lesson then(ByTraining<?> method, Windows text) {
    method.check(model);
    Trainer<?> trainer = method.trainer(model, text);
    Recipe recipe = trainer.recipe();
    long read = trainer.data().tokens() * recipe.accumulate() * recipe.schedule().steps();
    long begun = System.nanoTime();
    Llm taught = method.apply(model, text);
    return new Lesson(taught, tokens + read, seconds + (System.nanoTime() - begun) / 1e9);
  }

  @Override
  public void close() {
    model.close();
  }
}
