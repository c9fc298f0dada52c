package secateur.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.CategoryChart;
import secateur.measure.Accuracy;
import secateur.model.Llm;
import secateur.text.Example;
import secateur.text.Examples;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How several models answer the same questions, each in the form that it was taught.
 *
 * <pre>{@code
 * Scores.on(new Arithmetic().heldOut(100, 1)).and("teacher", teacher, Form.CHAIN_OF_THOUGHT).and("student", student, Form.DIRECT).levelsChart();
 * }</pre>
 *
 * @param questions as they are, in no form
 * @param models the accuracy of each on all of them, by label, in the order in which they came
 */
public record Scores(Examples questions, Map<String, Accuracy> models) {

  private static final double PERCENT = 100;
  private static final double TENTHS = 10;

  /** Refuses answers to other questions. */
  public Scores {
    Objects.requireNonNull(questions, "questions");
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    List<String> wanted = questions.list().stream().map(Example::answer).toList();
    models.forEach((label, accuracy) -> {
      if (!accuracy.answers().stream().map(each -> each.question().answer()).toList().equals(wanted)) {
        throw new IllegalArgumentException("'" + label + "' answered other questions than " + questions.protocol());
      }
    });
  }

  /** Nobody's answers yet. */
  public static Scores on(Examples questions) {
    return new Scores(questions, Map.of());
  }

  /** With the answers of {@code model}, asked in {@code form}, under a label that is new. */
  public Scores and(String label, Llm model, UnaryOperator<Example> form) {
    if (models.containsKey(label)) {
      throw new IllegalArgumentException("there are answers of '" + label + "' already; allowed is any other label than " + models.keySet());
    }
    Map<String, Accuracy> all = new LinkedHashMap<>(models);
    all.put(label, Accuracy.of(model, questions.as(form)));
    return new Scores(questions, all);
  }

  /** Right answers in percent, in all and by level, a row each; its name is the protocol of the figures. */
  public Table table() {
    List<Accuracy> all = measured();
    Table table = Table.create(all.get(all.size() - 1).protocol(), StringColumn.create("model", models.keySet()),
        percent("accuracy %", Accuracy::value));
    for (int level : all.get(0).byLevel().keySet()) {
      table.addColumns(percent("level " + level + " %", accuracy -> accuracy.byLevel().get(level)));
    }
    return table.addColumns(percent("standard error %", Accuracy::error));
  }

  private MeasuredColumn percent(String name, Function<Accuracy, Double> figure) {
    return MeasuredColumn.of(name, "%", models.values().stream().mapToDouble(each -> Math.rint(figure.apply(each) * PERCENT * TENTHS) / TENTHS).toArray());
  }

  /** Right answers in percent by level, a bar for each model. */
  public CategoryChart levelsChart() {
    List<String> levels = measured().get(0).byLevel().keySet().stream().map(String::valueOf).toList();
    CategoryChart chart = Theme.groups("Accuracy by level", "level", "right answers, %");
    int index = 0;
    for (Map.Entry<String, Accuracy> model : models.entrySet()) {
      List<Double> values = model.getValue().byLevel().values().stream().map(share -> PERCENT * share).toList();
      chart.addSeries(model.getKey(), levels, values).setFillColor(Theme.color(index++));
    }
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(PERCENT);
    return chart;
  }

  /** What each model said to the first {@code count} questions, side by side; right replies are ticked, others crossed. */
  public Table answers(int count) {
    measured();
    List<Example> some = questions.first(count).list();
    List<StringColumn> columns = new ArrayList<>(List.of(StringColumn.create("question", some.stream().map(Example::prompt)),
        StringColumn.create("wanted", some.stream().map(Example::answer))));
    models.forEach((label, accuracy) -> columns.add(StringColumn.create(label,
        IntStream.range(0, some.size()).mapToObj(i -> marked(accuracy.answers().get(i))))));
    return Table.create("", columns.toArray(StringColumn[]::new));
  }

  private static String marked(Accuracy.Answered answered) {
    return (answered.right() ? "✓ " : "✗ ") + answered.reply().strip();
  }

  private List<Accuracy> measured() {
    if (models.isEmpty()) {
      throw new IllegalStateException("nobody has answered yet: write first and(label, model, form)");
    }
    return List.copyOf(models.values());
  }

  @Override
  public String toString() {
    return models.isEmpty() ? "Scores(" + questions.protocol() + ")" : table().printAll();
  }
}
