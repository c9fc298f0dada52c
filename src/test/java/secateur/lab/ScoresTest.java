package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import secateur.measure.Accuracy;
import secateur.measure.Accuracy.Answered;
import secateur.model.Llm;
import secateur.text.Arithmetic;
import secateur.text.Example;
import secateur.text.Examples;
import secateur.text.Form;
import tech.tablesaw.api.Table;

/** How models that answer as they please are counted and shown. */
class ScoresTest {

  private final Examples questions = Examples.of("sums", List.of(new Example("1+1?", "1+1=2.", "2", 1), new Example("1+2+3?", "1+2=3. 3+3=6.", "6", 2),
      new Example("2+2?", "2+2=4.", "4", 1), new Example("1+1+1?", "1+1=2. 2+1=3.", "3", 2)));

  private Accuracy said(Form form, String... replies) {
    List<Example> asked = questions.as(form).list();
    return new Accuracy(List.of(new Answered(asked.get(0), replies[0]), new Answered(asked.get(1), replies[1]),
        new Answered(asked.get(2), replies[2]), new Answered(asked.get(3), replies[3])), form + ", by hand");
  }

  private Scores scores() {
    Map<String, Accuracy> models = new java.util.LinkedHashMap<>();
    models.put("teacher", said(Form.CHAIN_OF_THOUGHT, " 1+1=2. --> 2", " 1+2=3. 3+3=6. --> 6", "2+2=4. --> 4", "1+1=2. 2+1=4. --> 4"));
    models.put("student", said(Form.DIRECT, " 2", " 5", " 5", " 2"));
    return new Scores(questions, models);
  }

  @Test
  void aRowForEachModelAndAColumnForEachLevel() {
    Table table = scores().table();
    assertThat(table.stringColumn("model").asList()).containsExactly("teacher", "student");
    assertThat(table.doubleColumn("accuracy %").asList()).containsExactly(75.0, 25.0);
    assertThat(table.doubleColumn("standard error %").asList()).containsExactly(21.7, 21.7); // sqrt(0.75 0.25 / 4) = 0.2165
    assertThat(table.doubleColumn("level 1 %").asList()).containsExactly(100.0, 50.0);
    assertThat(table.doubleColumn("level 2 %").asList()).containsExactly(50.0, 0.0);
    assertThat(table.name()).isEqualTo("direct, by hand");
  }

  @Test
  void aBarForEachModelAtEachLevel() {
    CategoryChart chart = scores().levelsChart();
    assertThat(chart.getSeriesCollection()).extracting(CategorySeries::getName).containsExactly("teacher", "student");
    assertThat(chart.getSeries("student").getYData()).containsExactly(50, 0);
    assertThat(chart.getStyler().getYAxisMax()).isEqualTo(100);
  }

  @Test
  void answersStandSideBySide() {
    Table table = scores().answers(2);
    assertThat(table.columnNames()).containsExactly("question", "wanted", "teacher", "student");
    assertThat(table.stringColumn("question").asList()).containsExactly("1+1?", "1+2+3?");
    assertThat(table.stringColumn("wanted").asList()).containsExactly("2", "6");
    assertThat(table.stringColumn("teacher").asList()).containsExactly("✓ 1+1=2. --> 2", "✓ 1+2=3. 3+3=6. --> 6");
    assertThat(table.stringColumn("student").asList()).containsExactly("✓ 2", "✗ 5");
  }

  @Test
  void modelsAreAskedInTheirForms() {
    try (Llm teacher = Llm.load("arithmetic-3m")) {
      Scores scores = Scores.on(new Arithmetic(2).heldOut(6, 5)).and("thinks", teacher, Form.CHAIN_OF_THOUGHT).and("blurts", teacher, Form.LABEL);
      assertThat(scores.table().doubleColumn("accuracy %").get(0)).isEqualTo(100);
      assertThat(scores.models().get("blurts").answers().get(0).question().prompt()).startsWith("[label] ");
      assertThatThrownBy(() -> scores.and("thinks", teacher, Form.DIRECT)).hasMessageContainingAll("'thinks'", "[thinks, blurts]");
    }
  }

  @Test
  void nobodysAndOthersAnswersAreRefused() {
    assertThatThrownBy(() -> Scores.on(questions).table()).hasMessageContaining("and(label, model, form)");
    assertThatThrownBy(() -> Scores.on(questions).answers(1)).hasMessageContaining("nobody has answered");
    assertThatThrownBy(() -> new Scores(questions.first(3), scores().models())).hasMessageContainingAll("'teacher'", "other questions", "sums");
  }
}
