package secateur.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.tensor.Divergences;
import secateur.tensor.Gradients;
import secateur.tensor.Optimizer;
import secateur.tensor.Progress;
import secateur.tensor.Scope;
import secateur.train.Companion;
import secateur.train.Masked;
import secateur.train.WindowBatches;

/**
 * The texts that a student in training has drawn and learns from, some steps long; a checkpoint keeps them, so that a training
 * that was interrupted goes on with the same. Draws follow from the number of the batch.
 */
final class Rollouts implements Companion {

  private static final long PROMPTS = 1; // another order than that of the texts beside

  private final Llm teacher;
  private final WindowBatches prompts;
  private final Writing writing;
  private final Sampling sampling;
  private final PolicyGradient objective;
  private final int rows;
  private final Map<String, NDArray> state = new TreeMap<>();

  /**
   * What texts are drawn of.
   *
   * @param windows whose beginnings are the prompts
   * @param rows texts in a step
   */
  record Plan(Llm teacher, long[][] windows, Writing writing, Sampling sampling, int rows) {}

  Rollouts(Plan plan, PolicyGradient objective) {
    this.teacher = plan.teacher();
    this.writing = plan.writing();
    this.sampling = plan.sampling();
    this.rows = plan.rows();
    this.objective = objective;
    this.prompts = new WindowBatches(writing.prompts(plan.windows()), rows, PROMPTS);
    sampling.chunks(rows);
  }

  /** Makes room; nothing is drawn yet. */
  Rollouts open() {
    state.put("phase", Scope.free(Devices.hostManager().create(new long[] {-1})));
    state.put("ids", Scope.free(Devices.hostManager().zeros(new Shape(sampling.texts(), writing.length()), DataType.INT64)));
    for (String name : new String[] {"student", "mixed", "advantages", "weights"}) {
      state.put(name, Scope.free(Devices.hostManager().zeros(new Shape(sampling.texts(), writing.tokens()))));
    }
    return this;
  }

  @Override
  public Map<String, NDArray> state() {
    return state;
  }

  @Override
  public void close() {
    state.values().forEach(NDArray::close);
    state.clear();
  }

  /** Draws texts with {@code student} as it is, if the step of batch {@code index} wants new ones. */
  void begin(long index, Llm student) {
    long phase = index / ((long) sampling.chunks(rows) * sampling.epochs());
    if (state.get("phase").toLongArray()[0] != phase) {
      Gradients.none(() -> {
        try (Scope scope = new Scope()) {
          draw(phase, student);
          Optimizer.overwrite(state.get("phase"), Devices.hostManager().create(new long[] {phase}));
        }
      });
    }
  }

  private void draw(long phase, Llm student) {
    int chunks = sampling.chunks(rows);
    float[][] p = new float[sampling.texts()][];
    float[][] q = new float[sampling.texts()][];
    float[][] mixed = new float[sampling.texts()][];
    float[][] weights = new float[sampling.texts()][];
    long[][] ids = new long[sampling.texts()][];
    try (Progress progress = Progress.of("the student writes", chunks)) {
      for (int chunk = 0; chunk < chunks; chunk++) {
        long number = phase * chunks + chunk;
        long[][] written = new MixedWriter(student, teacher, sampling.alpha()).extend(prompts.batch(number), writing.tokens(), number);
        System.arraycopy(written, 0, ids, chunk * rows, rows);
        System.arraycopy(logarithms(student, student, written), 0, q, chunk * rows, rows);
        System.arraycopy(logarithms(teacher, student, written), 0, p, chunk * rows, rows);
        progress.step();
      }
    }
    Masked counted = Batches.from(ids, writing.prompt(), WrittenText.end(teacher));
    for (int row = 0; row < ids.length; row++) {
      weights[row] = Arrays.copyOfRange(counted.weights()[row], writing.prompt() - 1, writing.length() - 1);
      mixed[row] = mixed(q[row], p[row]);
    }
    put("student", q);
    put("mixed", mixed);
    put("weights", weights);
    put("advantages", objective.advantages(p, q, weights));
    Optimizer.overwrite(state.get("ids"), Devices.hostManager().create(Arrays.stream(ids).flatMapToLong(Arrays::stream).toArray(), state.get("ids").getShape()));
  }

  /** The logarithms of what {@code model} gives to the tokens written, (B, N), of the student's vocabulary. */
  private float[][] logarithms(Llm model, Llm student, long[][] ids) {
    try (Scope scope = new Scope()) {
      NDArray logits = new OpenTeacher(model).logits(ids, student.head().rows()).get(":, " + (writing.prompt() - 1) + ":");
      return Batches.rows(Divergences.crossEntropy(logits, model.ids(ids).get(":, " + writing.prompt() + ":")).neg());
    }
  }

  private float[] mixed(float[] q, float[] p) {
    float[] mixed = new float[q.length];
    for (int t = 0; t < mixed.length; t++) {
      mixed[t] = sampling.alpha() == 0 ? q[t] : (float) Math.log(sampling.alpha() * Math.exp(p[t]) + (1 - sampling.alpha()) * Math.exp(q[t]));
    }
    return mixed;
  }

  private void put(String name, float[][] rows) {
    Optimizer.overwrite(state.get(name), Batches.array(rows));
  }

  /** The texts that batch {@code index} learns from. */
  PolicyGradient.Rollout of(long index) {
    int from = (int) (index % sampling.chunks(rows)) * rows;
    try (Scope scope = new Scope()) {
      long[] flat = state.get("ids").toLongArray();
      long[][] ids = new long[rows][];
      Arrays.setAll(ids, i -> Arrays.copyOfRange(flat, (from + i) * writing.length(), (from + i + 1) * writing.length()));
      return new PolicyGradient.Rollout(ids, part("student", from), part("mixed", from), part("advantages", from), part("weights", from));
    }
  }

  private float[][] part(String name, int from) {
    return Arrays.copyOfRange(Batches.rows(state.get(name)), from, from + rows);
  }
}
