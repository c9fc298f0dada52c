package secateur.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import secateur.measure.Exposure;
import secateur.measure.Perplexity;
import secateur.measure.Size;
import secateur.measure.Speed;
import secateur.model.Llm;
import secateur.text.Windows;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Students beside their teacher, a row each. */
final class DistillationTable {

  private static final double MIB = 1 << 20;
  private static final List<String> FIGURES = List.of("params M", "tokens M", "perplexity", "teacher's ppl", "reverse KL", "±",
      "excess error %", "MiB", "prefill tokens/s", "decode ms", "training s");

  private final Llm teacher;
  private final Windows test;
  private final Exposure.Draw draw;
  private final String text;
  private final Table table = Table.create("students", StringColumn.create("student"), StringColumn.create("method"));

  /** Measured on {@code test}, with texts that are drawn as {@code draw} says; {@code text} says how students were taught. */
  DistillationTable(Llm teacher, Windows test, Exposure.Draw draw, String text) {
    this.teacher = teacher;
    this.test = test;
    this.draw = draw;
    this.text = text;
    FIGURES.forEach(name -> table.addColumns(DoubleColumn.create(name)));
  }

  /** Measures what came of a {@code method} and adds its row; the row in words. */
  String add(String student, String method, Lesson lesson) {
    Llm model = lesson.model();
    Perplexity perplexity = Perplexity.of(model, test);
    Exposure exposure = Exposure.of(model, teacher, test, draw);
    Size size = Size.of(model);
    Speed speed = Speed.of(model, test.length());
    table.stringColumn("student").append(student);
    table.stringColumn("method").append(method);
    double[] figures = DoubleStream.of(size.parameters() / 1e6, lesson.tokens() / 1e6, perplexity.value(), exposure.perplexity(), exposure.reverseKl(),
        exposure.error(), 100 * exposure.excessError(), size.disk() / MIB, speed.prefill(), speed.decode(), lesson.seconds()).toArray();
    for (int i = 0; i < figures.length; i++) {
      table.doubleColumn(FIGURES.get(i)).append(figures[i]);
    }
    table.setName(perplexity.protocol() + "; texts: " + draw + ", scored by the teacher until they end; " + text + "; speed: " + speed.protocol());
    return String.format(Locale.ROOT, "perplexity %.2f, teacher's perplexity of its text %.2f, reverse KL %.3f ± %.3f, excess error %.1f%%",
        perplexity.value(), exposure.perplexity(), exposure.reverseKl(), exposure.error(), 100 * exposure.excessError());
  }

  /** All rows; its name is the protocol. */
  Table table() {
    return table;
  }
}
