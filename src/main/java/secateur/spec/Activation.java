package secateur.spec;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The nonlinearity of the MLP, with the names that configurations use for it. */
public enum Activation {
  SILU("silu", "swish"),
  GELU("gelu"),
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast"),
  RELU("relu");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  static Activation of(String name) {
    return Arrays.stream(values()).filter(a -> a.names.contains(name)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("activation '" + name + "' is not known; allowed are "
            + Arrays.stream(values()).flatMap(a -> a.names.stream()).collect(Collectors.joining(", "))));
  }
}
