package secateur.gguf;

import java.util.Random;

/** Distributions of weights that quantizers are tried on. */
enum Weights {
  GAUSS {
    @Override
    float weight(Random random) {
      return (float) (0.02 * random.nextGaussian());
    }
  },
  UNIFORM {
    @Override
    float weight(Random random) {
      return 2 * random.nextFloat() - 1;
    }
  },
  OUTLIERS {
    @Override
    float weight(Random random) {
      return (float) (random.nextGaussian() * (random.nextInt(50) == 0 ? 5 : 0.05));
    }
  },
  /** Nine of ten are zero, some of them with the sign of a negative number; whole blocks of zeros are among them. */
  SPARSE {
    private int left;
    private boolean empty;

    @Override
    float weight(Random random) {
      if (left-- == 0) {
        left = 64 * (1 + random.nextInt(8));
        empty = random.nextInt(3) == 0;
      }
      boolean zero = empty || random.nextInt(10) > 0;
      return zero ? (random.nextBoolean() ? 0f : -0f) : (float) random.nextGaussian();
    }
  },
  /** Runs of one number. */
  CONSTANT {
    private int left;
    private float value;

    @Override
    float weight(Random random) {
      if (left-- == 0) {
        left = 16 * (1 + random.nextInt(40));
        value = (float) random.nextGaussian();
      }
      return value;
    }
  },
  TINY {
    @Override
    float weight(Random random) {
      return (float) (1e-7 * random.nextGaussian());
    }
  },
  /** Around the threshold of what counts as zero. */
  VANISHING {
    @Override
    float weight(Random random) {
      return (float) (2e-15 * Math.pow(10, random.nextInt(3)) * random.nextGaussian());
    }
  },
  LARGE {
    @Override
    float weight(Random random) {
      return (float) (500 * random.nextGaussian());
    }
  },
  POSITIVE {
    @Override
    float weight(Random random) {
      return 0.1f + random.nextFloat();
    }
  },
  /** Multiples of 1/8: many ties. */
  GRID {
    @Override
    float weight(Random random) {
      return (random.nextInt(33) - 16) / 8f;
    }
  };

  abstract float weight(Random random);

  float[] draw(int count, Random random) {
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = weight(random);
    }
    return weights;
  }

  /** What columns weigh: mean squares of inputs, over some orders of magnitude. */
  static float[] importance(int columns, Random random) {
    float[] importance = new float[columns];
    for (int i = 0; i < columns; i++) {
      double x = random.nextGaussian() * Math.exp(random.nextGaussian());
      importance[i] = (float) (x * x);
    }
    return importance;
  }
}
