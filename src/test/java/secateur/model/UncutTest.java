package secateur.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import secateur.Golden;
import secateur.spec.Part;
import secateur.spec.Role;
import secateur.tensor.Scope;

class UncutTest {

  static List<String> models() {
    return Golden.models();
  }

  /** What was cut is put back as zeros: on zeros, cutting changes nothing. */
  @ParameterizedTest
  @MethodSource("models")
  void aWeightIsWhatItWasOrZero(String name) {
    try (Llm model = Golden.model(name); Scope scope = new Scope()) {
      for (Part part : Part.values()) {
        int count = Groups.of(model.blocks().get(0), part).count();
        int[] kept = count == 1 ? new int[] {0} : new int[] {count - 1};
        try (Llm cut = Cut.groups(model, part, List.of(kept, kept)); Llm last = Cut.blocks(cut, new int[] {1});
            Llm narrow = Cut.channels(last, IntStream.range(0, model.spec().sizes().hidden() / 2).map(i -> 2 * i).toArray());
            Llm narrower = Cut.channels(narrow, new int[] {1, 3, 4})) {
          Block block = model.blocks().get(1);
          Block left = Uncut.find(model, block, narrower).orElseThrow();
          assertThat(left.channels()).containsExactly(2, 6, 8);
          assertThat(Uncut.find(model, model.blocks().get(0), last)).isEmpty();
          for (Role role : block.roles()) {
            NDArray whole = block.layer(role).weight();
            NDArray back = Uncut.weight(block, left, role);
            NDArray same = back.eq(whole).toType(whole.getDataType(), false);
            assertThat(back.sub(whole.mul(back.neq(0))).abs().max().getFloat()).isZero();
            assertThat(back.neq(0).sum().toLongArray()[0]).as(name + " " + role)
                .isEqualTo(left.layer(role).weight().neq(0).sum().toLongArray()[0]);
            assertThat(same.sum().getFloat()).isPositive();
          }
        }
      }
    }
  }
}
