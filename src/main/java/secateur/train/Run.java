package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/** One training under way: the model that changes, and how far it is. */
final class Run<B> {

  private final Trainer<B> trainer;
  private final OpenModel model;
  private final Curve curve = new Curve();
  private final Speed speed = new Speed();
  private int done;

  Run(Trainer<B> trainer, OpenModel model) {
    this.trainer = trainer;
    this.model = model;
  }

  /** Goes back to the checkpoint, where there is one. */
  void resume() {
    if (trainer.upkeep().checkpoint() != null) {
      Gradients.none(() -> done = saved().restore(curve));
    }
  }

  void toEnd() {
    int steps = trainer.recipe().schedule().steps();
    try (Progress progress = Progress.of("training", steps, done)) {
      progress.draw(curve.lines());
      while (done < steps) {
        progress.step(figure(step()));
      }
    }
  }

  /** {@code loss 2.310, held out 2.412, 12,000 tokens/s}. */
  private String figure(double loss) {
    List<Curve.Point> heldOut = curve.heldOut();
    String measured = heldOut.isEmpty() ? "" : String.format(Locale.ROOT, ", held out %.3f", heldOut.get(heldOut.size() - 1).loss());
    return String.format(Locale.ROOT, "loss %.3f%s, %,.0f tokens/s", loss, measured, speed.perSecond());
  }

  private double step() {
    try (Scope scope = new Scope()) {
      NDArray sum = accumulate();
      Gradients.none(this::move);
      double loss = finite(sum.getFloat()); // last: a GPU works on while the host queues the step
      done++;
      speed.add(tokensPerStep());
      Curve.Point point = new Curve.Point(done * tokensPerStep(), loss);
      curve.addTraining(point);
      trainer.upkeep().listener().step(point, speed.perSecond());
      measure();
      save();
      return loss;
    }
  }

  /** The gradients of one step; its mean loss. */
  private NDArray accumulate() {
    int batches = trainer.recipe().accumulate();
    NDArray sum = null;
    for (int i = 0; i < batches; i++) {
      long index = (long) done * batches + i;
      NDArray loss = Scope.run(() -> gradients(index).stopGradient());
      sum = sum == null ? loss : sum.add(loss);
    }
    return sum;
  }

  /** Adds those of batch {@code index}; its share of the step's loss. */
  private NDArray gradients(long index) {
    B batch = trainer.data().batch(index);
    model.dropout().begin(index);
    try {
      return trainer.loss().gradients(model.llm(), batch, trainer.recipe().activations(), 1.0 / trainer.recipe().accumulate());
    } finally {
      model.dropout().end();
    }
  }

  private double finite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the loss is " + loss + " at step " + done + "; a lower rate or a longer warm-up may help");
    }
    return loss;
  }

  private void move() {
    model.companion().gradients(done, model.llm());
    NDArray squares = Devices.manager().zeros(new Shape(1));
    model.parameters().forEach(parameter -> parameter.addSquare(squares));
    double rate = trainer.recipe().schedule().rate(done);
    model.parameters().forEach(parameter -> parameter.move(trainer.recipe().optimizer(), rate, done + 1L, squares));
  }

  private void measure() {
    HeldOut<B> heldOut = trainer.upkeep().heldOut();
    if (heldOut == null || !heldOut.due(done, trainer.recipe().schedule().steps())) {
      return;
    }
    Curve.Point point = new Curve.Point(done * tokensPerStep(), heldOut.measure(model.llm(), trainer.loss()));
    boolean best = point.loss() < curve.best();
    curve.addHeldOut(point);
    speed.pause();
    trainer.upkeep().listener().measured(point, best, model::settled);
    speed.pause();
  }

  private void save() {
    if (trainer.upkeep().checkpoint() != null && done % trainer.upkeep().every() == 0) {
      saved().write(done, curve);
    }
  }

  private TrainingFile saved() {
    return new TrainingFile(trainer.upkeep().checkpoint(), recipe(), model::state);
  }

  private long tokensPerStep() {
    return trainer.data().tokens() * trainer.recipe().accumulate();
  }

  /** What a checkpoint must agree with. */
  private String recipe() {
    return model.adapter() + ", " + trainer.recipe() + " of " + trainer.data().tokens();
  }

  Curve curve() {
    return curve;
  }
}
