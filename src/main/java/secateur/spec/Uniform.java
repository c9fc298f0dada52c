package secateur.spec;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The configuration of a pruned model as other tools can read it: where all blocks are equally wide, the usual keys say how
 * wide, and the model opens in them like any other.
 */
final class Uniform {

  /** Where families keep the inner width of the MLP. BLOOM has no such key. */
  static final List<String> INNER = List.of("intermediate_size", "ffn_dim", "n_inner", "ffn_hidden_size");

  private final Spec spec;
  private final JsonObject config;

  private Uniform(Spec spec) {
    this.spec = spec;
    this.config = spec.config();
  }

  static JsonObject of(Spec spec) {
    Uniform uniform = new Uniform(spec);
    uniform.width(Part.NEURONS).ifPresent(uniform::inner);
    uniform.width(Part.HEADS).ifPresent(uniform::heads);
    return uniform.config;
  }

  /** How many groups of {@code part} every block has, where that differs from the original and is the same in all. */
  private Optional<Integer> width(Part part) {
    List<Optional<Integer>> widths = IntStream.range(0, spec.sizes().layers())
        .mapToObj(block -> spec.remains().groups(block, part).map(groups -> groups.length)).distinct().toList();
    return widths.size() == 1 ? widths.get(0) : Optional.empty();
  }

  private void inner(int width) {
    INNER.stream().filter(config::has).findFirst().ifPresent(key -> config.addProperty(key, width));
  }

  /** For architectures whose head width is a key of its own; one key-value head would mean that all queries share it. */
  private void heads(int width) {
    boolean separate = config.has("num_key_value_heads") || config.has("head_dim");
    if (separate && width > 1 && spec.fusion() == Fusion.NONE) {
      config.addProperty("num_attention_heads", width * spec.heads().group());
      config.addProperty("num_key_value_heads", width);
      config.addProperty("head_dim", spec.heads().size());
    }
  }
}
