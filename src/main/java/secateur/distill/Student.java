package secateur.distill;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.spec.Role;
import secateur.spec.Spec;
import secateur.text.Windows;

/**
 * An untrained model of the same architecture with about {@code share} of the parameters, embeddings included, and the tokenizer
 * and vocabulary of the model that it is applied to: fewer blocks, and a residual stream, heads and MLP that are narrower in
 * proportion; heads stay as wide as they are. To start from trained weights instead, cut them out with
 * {@link secateur.prune.DropLayers} or another structured pruning.
 *
 * @param share of the parameters, above 0 and below 1
 * @param form what becomes smaller
 * @param seed of the weights, drawn as {@link Llm#untrained} does
 */
public record Student(double share, Form form, long seed) implements Method {

  /** What becomes smaller. */
  public enum Form {

    /** Depth and width alike, to a block. */
    EVEN,

    /** Width alone. */
    NARROWER,

    /** Depth alone. */
    SHALLOWER
  }

  private static final double FARTHEST = 0.5;

  /** Refuses shares that are none. */
  public Student {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("the student's share of the parameters is " + share + ", allowed is above 0 and below 1; a half is 0.5");
    }
  }

  /** Depth and width smaller alike, seed 0. */
  public Student(double share) {
    this(share, Form.EVEN, 0);
  }

  /** With all blocks. */
  public Student narrower() {
    return new Student(share, Form.NARROWER, seed);
  }

  /** With the width that it has. */
  public Student shallower() {
    return new Student(share, Form.SHALLOWER, seed);
  }

  /** With other weights. */
  public Student seed(long other) {
    return new Student(share, form, other);
  }

  /** The numbers of parameters of {@code spec}, without norms and biases. */
  static long parameters(Spec spec) {
    long hidden = spec.sizes().hidden();
    long queries = (long) spec.heads().queries() * spec.heads().size();
    long keys = (long) spec.heads().keyValues() * spec.heads().size();
    long mlp = spec.names().roles().contains(Role.GATE) ? 3 : 2;
    long block = hidden * (2 * queries + 2 * keys + mlp * spec.inner());
    long tables = (spec.tied() ? 1L : 2L) * spec.sizes().vocabulary() * spec.sizes().embedding();
    return tables + spec.sizes().layers() * block;
  }

  @Override
  public void check(Llm model) {
    spec(model.spec());
  }

  /** The architecture of those that come into question whose share is nearest. */
  Spec spec(Spec whole) {
    double all = parameters(whole);
    Spec nearest = candidates(whole).stream().min(Comparator.comparingDouble(spec -> Math.abs(parameters(spec) / all - share))).orElseThrow();
    double got = parameters(nearest) / all;
    if (Math.abs(got / share - 1) > FARTHEST) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, "no smaller %s has a share near %s of the parameters; the nearest has %.3f"
          + " (%s), try another share, narrower() or shallower()", whole.type(), share, got, nearest));
    }
    return nearest;
  }

  private List<Spec> candidates(Spec whole) {
    List<Spec> candidates = new ArrayList<>();
    int groups = whole.scalable();
    int layers = whole.sizes().layers();
    for (int g = form == Form.SHALLOWER ? groups : 1; g <= groups; g++) {
      int even = Math.round((float) layers * g / groups);
      int least = form == Form.EVEN ? even - 1 : form == Form.NARROWER ? layers : 1;
      int most = form == Form.EVEN ? even + 1 : layers;
      for (int l = Math.max(1, least); l <= Math.min(layers, most); l++) {
        candidates.add(whole.scaled(l, g));
      }
    }
    return candidates;
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    return model.untrained(spec(model.spec()), seed);
  }

  @Override
  public String toString() {
    String kind = form == Form.EVEN ? "" : " " + form.name().toLowerCase(Locale.ROOT);
    String percent = new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(share);
    return "student " + percent + kind + (seed == 0 ? "" : " seed " + seed);
  }
}
