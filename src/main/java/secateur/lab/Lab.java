package secateur.lab;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import secateur.export.Format;
import secateur.export.Written;
import secateur.method.Method;
import secateur.method.Structural;
import secateur.model.Llm;
import secateur.model.Sampler;
import secateur.tensor.Progress;
import secateur.text.Windows;
import tech.tablesaw.api.Table;

/**
 * A bench for one model: methods are applied to it step by step or next to one another, and every result is measured
 * under one protocol. A step that fails or is interrupted leaves the lab at the step before.
 */
public final class Lab implements AutoCloseable {

  private static final int TOKENS = 64;

  private record Step(Llm model, Measured measured) {}

  private final Windows text;
  private final Windows test;
  private final Llm dense;
  private final Deque<Step> steps = new ArrayDeque<>();
  private Measured baseline;

  /**
   * A lab that holds {@code model} as well, so that the caller may close it at any time.
   *
   * @param text what methods calibrate on
   * @param test what perplexity is measured on
   */
  public Lab(Llm model, Windows text, Windows test) {
    this.dense = model.share();
    this.text = text;
    this.test = test;
  }

  /** The model as it is now. */
  public Llm model() {
    return steps.isEmpty() ? dense : steps.getLast().model();
  }

  /** Applies {@code method} to the model as it is now, and measures the result. */
  public Lab step(Method method) {
    return dense.there(() -> stepped(method));
  }

  private Lab stepped(Method method) {
    method.check(model());
    try (Progress progress = Progress.of(method.toString(), 2)) {
      Measured before = baseline();
      forecast(method).check();
      Llm next = method.apply(model(), text);
      try {
        progress.step();
        Measured measured = Measured.against(dense, label(method), next, text, test);
        progress.step(String.format(Locale.ROOT, "perplexity %.2f, was %.2f", measured.perplexity().value(), before.perplexity().value()));
        steps.addLast(new Step(next, measured));
      } catch (RuntimeException | Error e) {
        next.close();
        throw e;
      }
    }
    return this;
  }

  /** Takes the last step back and frees what only it held. */
  public Lab undo() {
    if (steps.isEmpty()) {
      throw new IllegalStateException("there is no step to undo");
    }
    steps.removeLast().model().close();
    return this;
  }

  /**
   * What each of {@code methods} would take on the model as it is now: minutes, and memory beside what is taken already. An error
   * where the model's shapes do not suit it.
   */
  public Table plan(Method... methods) {
    Arrays.stream(methods).forEach(method -> method.check(model()));
    return Tables.plan(Arrays.stream(methods).map(this::forecast).toList());
  }

  /** {@link #step} and {@link #compare} refuse by it what cannot end well. */
  private Forecast forecast(Method method) {
    return Forecast.of(method, model(), text, test, baseline());
  }

  /** Applies each of {@code methods} to the model as it is now; the lab itself takes no step. */
  public Comparison compare(Method... methods) {
    return dense.there(() -> compared(methods));
  }

  private Comparison compared(Method... methods) {
    Arrays.stream(methods).forEach(method -> method.check(model()));
    Arrays.stream(methods).forEach(method -> forecast(method).check());
    try (Progress progress = Progress.of("comparing " + methods.length + " methods", 2 * methods.length + 1)) {
      List<Measured> rows = new ArrayList<>(List.of(steps.isEmpty() ? baseline() : steps.getLast().measured()));
      progress.step();
      for (Method method : methods) {
        try (Llm made = method.apply(model(), text)) {
          progress.step();
          Measured measured = Measured.against(dense, method.toString(), made, text, test);
          rows.add(measured);
          progress.step(String.format(Locale.ROOT, "%s: perplexity %.2f", measured.label(), measured.perplexity().value()));
        }
      }
      return new Comparison(rows);
    }
  }

  /** The model as it is now, in one row; its name is the protocol of the figures. */
  public Table measure() {
    return Tables.of(Report.protocol(baseline()), List.of(steps.isEmpty() ? baseline() : steps.getLast().measured()));
  }

  /** The dense model and every step, a row each; its name is the protocol of the figures. */
  public Table table() {
    return Tables.of(Report.protocol(baseline()), rows());
  }

  /** Perplexity against size, a labelled point for each step. */
  public XYChart sizeChart() {
    return Charts.size(rows());
  }

  /** Perplexity against bits per weight, a labelled point for each step. */
  public XYChart bitsChart() {
    return Charts.bits(rows());
  }

  /** Bits per weight by layer, scales and zeros included. */
  public CategoryChart widthsChart() {
    return WidthsChart.of(model());
  }

  /** How the weights of {@code layer}, such as {@code "0.q"}, lie on the grid of their codes. */
  public XYChart gridChart(String layer) {
    return GridChart.of(dense, model(), layer);
  }

  /** How the weights of {@code layer} lie among the levels of NF4, and among as many even ones. */
  public XYChart levelsChart(String layer) {
    return LevelsChart.of(model(), layer);
  }

  /** By how much each input of {@code layer} was scaled, against its magnitude in the dense model. */
  public XYChart scalesChart(String layer) {
    return ChannelCharts.scales(dense, model(), layer, text);
  }

  /** The largest magnitude of each input of {@code layer}, and of the weights that read it, in the dense model and now. */
  public XYChart peaksChart(String layer) {
    return ChannelCharts.peaks(dense, model(), layer, text);
  }

  /** Perplexity against parameters, a labelled point for each step. */
  public XYChart parametersChart() {
    return Charts.parameters(rows());
  }

  /** What structured pruning removed: by block, which heads and neurons of the original are gone. */
  public XYChart removedChart() {
    return RemovedChart.of(model());
  }

  /** How important the heads and neurons of the model as it is now are to {@code method}, and which it would remove. */
  public XYChart importanceChart(Structural method) {
    return ImportanceChart.of(method, model(), text);
  }

  /** How much each block turns the residual stream: {@link secateur.measure.BlockInfluence}. */
  public CategoryChart influenceChart() {
    return ModelCharts.influence(model(), text);
  }

  /** Share of zeros by layer. */
  public XYChart sparsityChart() {
    return Charts.sparsity(rows());
  }

  /** Relative output error by layer, against the dense model. */
  public XYChart errorChart() {
    return Charts.error(rows());
  }

  /** The distribution of the weights of {@code layer}, as the dense model names it, such as {@code "0.q"}, there and now. */
  public XYChart weightsChart(String layer) {
    return ModelCharts.weights(dense, model(), layer);
  }

  /** {@code prompt} and up to 64 more tokens, drawn at temperature 0.8. */
  public String generate(String prompt) {
    return model().generate(prompt, TOKENS, Sampler.temperature(0.8, 0));
  }

  /** Saves the model as it is now in the format that the name of {@code path} asks for ({@link Format#of}); {@link Llm#load} opens it. */
  public Written save(Path path) {
    return save(path, Format.of(path));
  }

  /** Saves the model as it is now in {@code format}; the answer says what was written, what was lost and who opens it. */
  public Written save(Path path, Format format) {
    return format.save(model(), path);
  }

  /** Writes table and charts as one HTML file. */
  public void report(Path html) {
    Report.write(html, dense.name(), table(),
        steps.isEmpty() ? List.of(sizeChart()) : List.of(sizeChart(), errorChart(), sparsityChart()));
  }

  private List<Measured> rows() {
    return Stream.concat(Stream.of(baseline()), steps.stream().map(Step::measured)).toList();
  }

  private Measured baseline() {
    if (baseline == null) {
      baseline = dense.there(() -> Measured.baseline("dense", dense, test));
    }
    return baseline;
  }

  /** All methods so far, then {@code next}. */
  private String label(Method next) {
    return steps.isEmpty() ? next.toString() : steps.getLast().measured().label() + " + " + next;
  }

  @Override
  public void close() {
    steps.descendingIterator().forEachRemaining(step -> step.model().close());
    steps.clear();
    dense.close();
  }

  @Override
  public String toString() {
    return "Lab(" + dense.name() + (steps.isEmpty() ? "" : ", " + steps.getLast().measured().label()) + ")";
  }
}
