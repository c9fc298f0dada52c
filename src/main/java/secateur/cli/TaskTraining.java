package secateur.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import secateur.export.HuggingFace;
import secateur.file.Json;
import secateur.measure.Accuracy;
import secateur.model.Llm;
import secateur.text.Bpe;
import secateur.text.Examples;
import secateur.train.Curve;
import secateur.train.CurveFile;
import secateur.train.ExampleBatches;
import secateur.train.FullTraining;
import secateur.train.HeldOut;
import secateur.train.Listener;
import secateur.train.Masked;
import secateur.train.Trained;
import secateur.train.Trainer;
import secateur.train.Upkeep;

/** Options and work: a model with a tokenizer of its own that learns a task from scratch. */
final class TaskTraining {

  private static final int HEAD = 32;
  private static final int CONTEXT = 512;
  private static final int MEASURED = 250;
  private static final long OTHER = 1_000_003;

  @Mixin
  TaskChoice choice;

  @Option(names = "--examples", paramLabel = "N", defaultValue = "50000", description = "Questions of the task to learn from (${DEFAULT-VALUE})")
  int examples;

  @Option(names = "--hidden", paramLabel = "N", defaultValue = "192", description = "width of the task's model, a multiple of 32 (${DEFAULT-VALUE})")
  int hidden;

  @Option(names = "--layers", paramLabel = "N", defaultValue = "6", description = "blocks of the task's model (${DEFAULT-VALUE})")
  int layers;

  @Option(names = "--vocabulary", paramLabel = "N", defaultValue = "640", description = "tokens of the task's tokenizer, at most (${DEFAULT-VALUE})")
  int vocabulary;

  @Option(names = "--prompts", paramLabel = "SHARE", defaultValue = "0.1",
      description = "how much a token of a question counts beside one of an answer (${DEFAULT-VALUE})")
  double prompts;

  /** Questions to learn from, in batches of {@code rows}. */
  ExampleBatches data(Llm model, int rows, long seed) {
    return new ExampleBatches(choice.task().examples(examples, seed).as(choice.form()), model.tokenizer(), rows, seed).prompts(prompts);
  }

  /** Trains {@code model}, keeps the best in the directory of the checkpoint, and tells how well it does. */
  void train(Llm model, Trainer<Masked> trainer, Consumer<String> say) {
    Path out = trainer.upkeep().checkpoint().getParent();
    Examples held = choice.heldOut(MEASURED, OTHER);
    HeldOut<Masked> heldOut = new HeldOut<>(ExampleBatches.once(held, model.tokenizer(), MEASURED), trainer.upkeep().every());
    Upkeep<Masked> told = trainer.upkeep().heldOut(heldOut).listener(new Best(out, held, say));
    Trained trained = new Trainer<>(trainer.recipe(), trainer.loss(), trainer.data(), told).train(model, new FullTraining());
    CurveFile.write(out.resolve("curve.tsv"), trained.curve());
    trained.model().close();
  }

  /** Writes {@code config.json} and the tokenizer. */
  void prepare(Path out) {
    if (hidden < HEAD || hidden % HEAD != 0 || layers < 1) {
      throw new IllegalArgumentException("--hidden is " + hidden + " and --layers " + layers + "; allowed are multiples of " + HEAD + ", and 1 or more");
    }
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + out, e);
    }
    Bpe tokenizer = choice.task().tokenizer(vocabulary);
    tokenizer.save(out);
    Json.write(out.resolve("config.json"), config(tokenizer.size()));
  }

  private JsonObject config(int tokens) {
    JsonObject config = RandomLlama.config(hidden, layers);
    config.addProperty("intermediate_size", 3 * hidden);
    config.addProperty("num_attention_heads", hidden / HEAD);
    config.addProperty("num_key_value_heads", hidden / HEAD);
    config.addProperty("head_dim", HEAD);
    config.addProperty("vocab_size", tokens);
    config.addProperty("max_position_embeddings", CONTEXT);
    config.addProperty("tie_word_embeddings", true);
    config.addProperty("bos_token_id", 0);
    config.addProperty("eos_token_id", 0);
    return config;
  }

  /** {@code 1: 98%, 2: 91%}. */
  static String byLevel(Accuracy accuracy) {
    return accuracy.byLevel().entrySet().stream().map(TaskTraining::level).collect(Collectors.joining(", "));
  }

  private static String level(Map.Entry<Integer, Double> level) {
    return String.format(Locale.ROOT, "%d: %.0f%%", level.getKey(), 100 * level.getValue());
  }

  /** Keeps the best model in the directory and tells how many held-out questions each answers. */
  private record Best(Path out, Examples questions, Consumer<String> say) implements Listener {

    @Override
    public void measured(Curve.Point point, boolean best, Supplier<Llm> model) {
      try (Llm copy = model.get()) {
        Accuracy accuracy = Accuracy.of(copy, questions);
        say.accept(String.format(Locale.ROOT, "%,d tokens: held-out loss %.4f, accuracy %.1f%% (by level %s)%s",
            point.tokens(), point.loss(), 100 * accuracy.value(), byLevel(accuracy), best ? ", kept" : ""));
        if (best) {
          HuggingFace.save(copy, out);
        }
      }
    }
  }
}
