package secateur.distill;

import secateur.method.ByTraining;
import secateur.method.Cost;
import secateur.method.Tuned;
import secateur.model.Llm;
import secateur.tensor.Memory;
import secateur.text.Windows;
import secateur.train.Adapter;
import secateur.train.Companion;
import secateur.train.FullTraining;
import secateur.train.Trainer;

/**
 * A method that trains a student, the model that it is applied to, with a teacher's help; all weights are trained, and what was
 * removed stays removed.
 *
 * @param <M> the method
 * @param <B> a batch
 */
interface Taught<M, B> extends Tuned<M>, ByTraining<B> {

  /** What the teacher takes beside the training of the student, at a batch of {@code tokens} tokens. */
  Cost teaching(long tokens);

  /** All weights; a checkpoint is gone on from by the same method alone. */
  @Override
  default Adapter adapter() {
    return new Accompanied(new FullTraining(), open -> Companion.NONE, toString());
  }

  @Override
  default Cost cost(Llm model, Windows text) {
    return ByTraining.super.cost(model, text).with(beside(model, trainer(model, text)));
  }

  /** What the teacher, and all else that is not the training itself, takes in all batches of {@code trainer}. */
  default Cost beside(Llm model, Trainer<B> trainer) {
    Cost teaching = teaching(trainer.data().tokens());
    return new Cost(teaching.bytes(), batches(trainer) * teaching.flops());
  }

  /** How many {@code trainer} reads. */
  static double batches(Trainer<?> trainer) {
    return (double) trainer.recipe().schedule().steps() * trainer.recipe().accumulate();
  }

  @Override
  default Llm apply(Llm model, Windows text) {
    check(model);
    Trainer<B> trainer = trainer(model, text);
    checkMemory(model, trainer);
    return trainer.train(model, adapter()).model();
  }

  /** Refuses what has no room for student and teacher together. */
  default void checkMemory(Llm model, Trainer<B> trainer) {
    Memory.check(this + " of " + model.name(), trainer.demand(model, adapter()).bytes() + beside(model, trainer).bytes());
  }
}
