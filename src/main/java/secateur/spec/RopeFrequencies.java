package secateur.spec;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The angles of rotary embeddings, by the several spellings of transformers 4 and 5. */
final class RopeFrequencies {

  private final Config config;

  RopeFrequencies(Config config) {
    this.config = config;
  }

  /** theta^(-2i/R) for the R rotated dimensions of a head of {@code size}, scaled as the configuration says. */
  double[] of(int size) {
    int rotated = (int) (size * either("partial_rotary_factor", "rotary_pct", 1));
    return scaled(plain(rotated, base())).toArray();
  }

  /** theta. */
  double base() {
    return either("rope_theta", "rotary_emb_base", 10_000);
  }

  static DoubleStream plain(int rotated, double theta) {
    return IntStream.range(0, rotated / 2).mapToDouble(i -> Math.pow(theta, -2.0 * i / rotated));
  }

  private double either(String name, String older, double otherwise) {
    return config.number("rope_parameters." + name, config.number(name, config.number(older, otherwise)));
  }

  private DoubleStream scaled(DoubleStream frequencies) {
    String type = scaling("rope_type", "type");
    if (type.equals("default")) {
      return frequencies;
    }
    if (type.equals("linear")) {
      return frequencies.map(f -> f / parameter("factor", 1));
    }
    if (type.equals("llama3")) {
      return frequencies.map(this::llama3);
    }
    if (type.equals("divided")) {
      double[] divisors = config.numbers("rope_scaling.divisors");
      double[] plain = frequencies.toArray();
      if (divisors.length != plain.length) {
        throw new IllegalArgumentException(divisors.length + " divisors for " + plain.length + " rotary frequencies");
      }
      return IntStream.range(0, plain.length).mapToDouble(i -> plain[i] / divisors[i]);
    }
    throw new IllegalArgumentException(
        "rope scaling '" + type + "' is not supported; supported are default, linear and llama3");
  }

  /** Llama 3: long waves are stretched by the factor, short ones kept, those between interpolated. */
  private double llama3(double f) {
    double factor = parameter("factor", 8);
    double low = parameter("low_freq_factor", 1);
    double high = parameter("high_freq_factor", 4);
    double turns = parameter("original_max_position_embeddings", 8192) * f / (2 * Math.PI);
    double smooth = Math.min(1, Math.max(0, (turns - low) / (high - low)));
    return (1 - smooth) * f / factor + smooth * f;
  }

  private String scaling(String... names) {
    for (String name : names) {
      for (String group : new String[] {"rope_parameters.", "rope_scaling."}) {
        var value = config.text(group + name);
        if (value.isPresent()) {
          return value.get();
        }
      }
    }
    return "default";
  }

  private double parameter(String name, double otherwise) {
    return config.number("rope_parameters." + name, config.number("rope_scaling." + name, otherwise));
  }
}
