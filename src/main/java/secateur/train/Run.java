package secateur.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Locale;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Gradients;
import secateur.tensor.Progress;
import secateur.tensor.Scope;

/** One training under way: the model that changes, its moments, and how far it is. */
final class Run<B> implements AutoCloseable {

  private final Trainer<B> trainer;
  private final Llm model;
  private final Adapter adapter;
  private final List<Parameter> parameters;
  private final Curve curve = new Curve();
  private final Speed speed = new Speed();
  private int done;

  Run(Trainer<B> trainer, Llm model, Adapter adapter) {
    this.trainer = trainer;
    this.model = model;
    this.adapter = adapter;
    this.parameters = Parameter.of(model);
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(adapter + " trains nothing of " + model);
    }
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
      B batch = trainer.data().batch((long) done * batches + i);
      NDArray loss = Scope.run(() -> Gradients.add(() -> trainer.loss().of(model, batch).div(batches)).stopGradient());
      sum = sum == null ? loss : sum.add(loss);
    }
    return sum;
  }

  private double finite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException("the loss is " + loss + " at step " + done + "; a lower rate or a longer warm-up may help");
    }
    return loss;
  }

  private void move() {
    NDArray squares = Devices.manager().zeros(new Shape(1));
    parameters.forEach(parameter -> parameter.addSquare(squares));
    double rate = trainer.recipe().schedule().rate(done);
    parameters.forEach(parameter -> parameter.move(trainer.recipe().optimizer(), rate, done + 1L, squares));
  }

  private void measure() {
    HeldOut<B> heldOut = trainer.upkeep().heldOut();
    if (heldOut == null || !heldOut.due(done, trainer.recipe().schedule().steps())) {
      return;
    }
    Curve.Point point = new Curve.Point(done * tokensPerStep(), heldOut.measure(model, trainer.loss()));
    boolean best = point.loss() < curve.best();
    curve.addHeldOut(point);
    speed.pause();
    trainer.upkeep().listener().measured(point, best, this::settled);
    speed.pause();
  }

  private void save() {
    if (trainer.upkeep().checkpoint() != null && done % trainer.upkeep().every() == 0) {
      saved().write(done, curve);
    }
  }

  private TrainingFile saved() {
    return new TrainingFile(trainer.upkeep().checkpoint(), trainer.recipe() + " of " + trainer.data().tokens(), parameters);
  }

  private long tokensPerStep() {
    return trainer.data().tokens() * trainer.recipe().accumulate();
  }

  /** A copy of the model as it is now. */
  Llm settled() {
    Llm[] settled = new Llm[1];
    Gradients.none(() -> {
      try (Scope scope = new Scope()) {
        settled[0] = model.map(new Settling(adapter));
      }
    });
    return settled[0];
  }

  Curve curve() {
    return curve;
  }

  @Override
  public void close() {
    parameters.forEach(Parameter::close);
  }
}
