package secateur.method;

import java.util.Random;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Select;
import secateur.text.Windows;

/** A random number for each output and input, the same for the same {@code seed}. */
record Chance(long seed) implements Importance {

  @Override
  public Units of(Llm model, Windows text) {
    return member -> {
      Linear layer = model.layer(member.layer());
      Random random = new Random(31 * seed + member.layer().hashCode());
      float[] numbers = new float[(int) (member.outputs() ? layer.rows() : layer.columns())];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextFloat();
      }
      return Select.numbers(numbers);
    };
  }

  @Override
  public String toString() {
    return "random";
  }
}
