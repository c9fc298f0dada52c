package secateur.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import secateur.Golden;
import secateur.distill.Gkd;
import secateur.distill.LogitKd;
import secateur.distill.MiniLlm;
import secateur.distill.SequenceKd;
import secateur.distill.Student;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.PruneNeurons;
import secateur.quantize.Rtn;
import secateur.text.Windows;

/** A student, distilled and quantized, step by step in a lab. */
class DistilledLabTest {

  private final Windows text = Golden.windows("llama");

  @Test
  void eachStepIsARow() {
    try (Llm teacher = Golden.model("llama"); Lab lab = new Lab(teacher, text, text)) {
      lab.step(new Student(0.5)).step(new LogitKd(teacher, 2).batch(2)).step(new Rtn(4));
      assertThat(lab.table().rowCount()).isEqualTo(4);
      assertThatThrownBy(() -> lab.weightsChart("0.q")).hasMessageContaining("drawn afresh");
      assertThat(lab.table().doubleColumn("params M").asList()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
      lab.undo().undo().undo().step(new PruneNeurons(0.5)).step(new LogitKd(teacher, 2).batch(2));
      assertThat(lab.table().rowCount()).isEqualTo(3);
    }
  }

  @Test
  void allAreCompared() {
    try (Llm teacher = Golden.model("llama"); Lab lab = new Lab(teacher, text, text)) {
      Method student = new Student(0.5).shallower();
      var table = lab.compare(new Student(0.5).narrower().then(new LogitKd(teacher, 2).batch(2)), student.then(new SequenceKd(teacher, 2).batch(2)),
          student.then(new Gkd(teacher, 2).batch(2)), student.then(new MiniLlm(teacher, 2).batch(2).sampling(0.2, 4, 1))).table();
      assertThat(table.rowCount()).isEqualTo(5);
    }
  }
}
