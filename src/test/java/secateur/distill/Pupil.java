package secateur.distill;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Random;
import secateur.method.Method;
import secateur.method.Tuning;
import secateur.model.Llm;
import secateur.tensor.Divergences;
import secateur.tensor.Scope;
import secateur.text.Windows;
import secateur.train.Masked;

/** A teacher, texts, and how far a student is from it; small enough to train in a test. */
final class Pupil {

  static final int VOCABULARY = 24;

  private Pupil() {}

  static JsonObject config(int hidden, int layers, int vocabulary) {
    JsonObject config = JsonParser.parseString("""
        {"model_type": "llama", "num_attention_heads": 4, "max_position_embeddings": 64, "rms_norm_eps": 1e-5,
         "hidden_act": "silu", "rope_theta": 10000, "tie_word_embeddings": true}
        """).getAsJsonObject();
    config.addProperty("hidden_size", hidden);
    config.addProperty("intermediate_size", 2 * hidden);
    config.addProperty("num_hidden_layers", layers);
    config.addProperty("vocab_size", vocabulary);
    return config;
  }

  /** Each id follows from the one before, but for one in four. */
  static long[][] ids(int rows, int length, long seed) {
    Random random = new Random(seed);
    long[][] ids = new long[rows][length];
    for (long[] row : ids) {
      row[0] = random.nextInt(VOCABULARY);
      for (int t = 1; t < length; t++) {
        row[t] = random.nextInt(4) == 0 ? random.nextInt(VOCABULARY) : (row[t - 1] * 7 + 3) % VOCABULARY;
      }
    }
    return ids;
  }

  static Windows text() {
    return Windows.of(ids(64, 17, 1));
  }

  /** A model of width 32 that has learnt from much text. */
  static Llm teacher() {
    try (Llm begun = Llm.random(config(32, 2, VOCABULARY), 1)) {
      return new Plain(Tuning.of(150, 5e-3, 1)).apply(begun, Windows.of(ids(1200, 17, 2)));
    }
  }

  /** Training by cross-entropy alone. */
  record Plain(Tuning tuning) implements Method {
    @Override
    public Llm apply(Llm model, Windows text) {
      return tuning.trainer(model, text).train(model, new secateur.train.FullTraining()).model();
    }
  }

  /** The mean of KL(teacher ‖ student) over tokens of a text that neither has seen. */
  static double distance(Llm teacher, Llm student) {
    return distance(teacher, student, new ForwardKl(), ids(64, 17, 3));
  }

  static double distance(Llm teacher, Llm student, Divergence divergence, long[][] ids) {
    try (Scope scope = new Scope()) {
      Masked batch = Batches.from(ids, 1, -1);
      return Divergences.mean(new OpenTeacher(teacher).divergence(divergence, student.forward(Batches.input(student, ids)), batch, 1), Batches.weights(batch)).getFloat();
    }
  }
}
