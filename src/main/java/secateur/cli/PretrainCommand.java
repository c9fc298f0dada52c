package secateur.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import secateur.export.HuggingFace;
import secateur.model.Llm;
import secateur.tensor.Devices;
import secateur.text.TokenFile;
import secateur.text.Tokenizer;
import secateur.text.TrainingText;
import secateur.train.AdamW;
import secateur.train.Curve;
import secateur.train.CurveFile;
import secateur.train.FullTraining;
import secateur.train.HeldOut;
import secateur.train.Listener;
import secateur.train.Masked;
import secateur.train.NextToken;
import secateur.train.Recipe;
import secateur.train.ResponseTokens;
import secateur.train.Schedule;
import secateur.train.TokenWindows;
import secateur.train.Trained;
import secateur.train.Trainer;
import secateur.train.Upkeep;

/** {@code secateur pretrain}: trains the bundled model java-8m from scratch, or a small model for a task. */
@Command(name = "pretrain", description = "Train the bundled model java-8m from scratch, or with --task a small model that answers generated questions.",
    footer = {"", "Examples:", "  secateur pretrain --out java-8m",
      "  secateur pretrain --out tiny-try --steps 20 --batch 4",
      "  secateur pretrain --task arithmetic --out teacher", "  secateur pretrain --task arithmetic --steps 0 --hidden 96 --layers 3 --out untrained", "",
      "Without --tokens, 31 sources jars (about 108 MB of text) are fetched with mvn and tokenized first. An interrupted",
      "training goes on from OUT/training.safetensors when the same command is given again."})
final class PretrainCommand extends Work {

  private static final String MODEL = "secateur/models/java-8m";
  private static final int LENGTH = 512;
  private static final int STEPS = 13000;
  private static final int BATCH = 64;
  private static final int TASK_STEPS = 4000;
  private static final int TASK_BATCH = 256;

  /** Seed of the order of the documents in the token file that java-8m was trained on. */
  private static final long ORDER = 0;

  @Option(names = "--out", defaultValue = "java-8m", description = "model directory to write (${DEFAULT-VALUE})")
  Path out;

  @Option(names = "--tokens", description = "token ids to train on, uint16")
  Path tokens;

  @Option(names = "--validation", description = "held-out token ids, uint16")
  Path validation;

  @Option(names = "--cache", description = "where fetched text is kept (~/.cache/secateur/training-text)")
  Path cache = Path.of(System.getProperty("user.home"), ".cache", "secateur", "training-text");

  @Option(names = "--steps", description = "optimizer steps (13000, for a task 4000; 0 leaves a task's model untrained)")
  Integer steps;

  @Option(names = "--batch", description = "windows of 512 tokens in a batch (64), or a task's questions (256)")
  Integer batch;

  @Option(names = "--accumulate", defaultValue = "1", description = "batches in a step (${DEFAULT-VALUE})")
  int accumulate;

  @Option(names = "--rate", defaultValue = "0.002", description = "peak learning rate (${DEFAULT-VALUE})")
  double rate;

  @Option(names = "--seed", defaultValue = "1", description = "of weights and windows (${DEFAULT-VALUE})")
  long seed;

  @Option(names = "--every", defaultValue = "500", description = "steps between measurements (${DEFAULT-VALUE})")
  int every;

  @Option(names = "--keep", defaultValue = "1000", description = "steps between checkpoints (${DEFAULT-VALUE})")
  int keep;

  @Mixin
  TaskTraining task;

  @Override
  void work() {
    boolean learns = task.choice.given();
    steps = steps != null ? steps : learns ? TASK_STEPS : STEPS;
    batch = batch != null ? batch : learns ? TASK_BATCH : BATCH;
    if (learns) {
      learn();
    } else {
      java();
    }
  }

  private void learn() {
    task.prepare(out);
    try (Llm model = Llm.random(out, seed)) {
      say(model.toString());
      if (steps == 0) {
        HuggingFace.save(model, out);
        say("it is untrained and in %s", out);
        return;
      }
      Recipe recipe = new Recipe(Schedule.cosine(steps, rate), AdamW.USUAL, accumulate);
      say("%s, %d questions a batch, %s", recipe, batch, Devices.describe());
      Path checkpoint = out.resolve("training.safetensors");
      Upkeep<Masked> upkeep = Upkeep.<Masked>none().checkpoint(checkpoint, every);
      task.train(model, new Trainer<>(recipe, new ResponseTokens(), task.data(model, batch, seed), upkeep), this::say);
      remove(checkpoint);
    }
    say("the model of the lowest held-out loss is in %s", out);
  }

  private void java() {
    prepare();
    TokenFile held = file(validation, "validation.u16", TrainingText::validation);
    HeldOut<long[][]> heldOut = new HeldOut<>(TokenWindows.spread(held, 512, Math.min(64, batch), LENGTH), every);
    Path checkpoint = out.resolve("training.safetensors");
    Upkeep<long[][]> upkeep = Upkeep.<long[][]>none().heldOut(heldOut).checkpoint(checkpoint, keep).listener(new Best());
    TokenFile text = file(tokens, "train.u16", () -> TrainingText.shuffled(cache, ORDER));
    TokenWindows data = new TokenWindows(text, batch, LENGTH, seed);
    Recipe recipe = new Recipe(Schedule.cosine(steps, rate), AdamW.USUAL, accumulate);
    say("%s on %s, %s", recipe, text, Devices.describe());
    try (Llm model = Llm.random(out, seed)) {
      finish(new Trainer<>(recipe, new NextToken(), data, upkeep).train(model, new FullTraining()), checkpoint);
    }
  }

  private void finish(Trained trained, Path checkpoint) {
    CurveFile.write(out.resolve("curve.tsv"), trained.curve());
    trained.model().close();
    remove(checkpoint);
    say("best held-out loss %.4f; the model of that step is in %s", trained.curve().best(), out);
  }

  private static void remove(Path checkpoint) {
    try {
      Files.deleteIfExists(checkpoint);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + checkpoint, e);
    }
  }

  /** Configuration and tokenizer are the bundled model's. */
  private void prepare() {
    for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      try (InputStream in = PretrainCommand.class.getClassLoader().getResourceAsStream(MODEL + "/" + name)) {
        Files.createDirectories(out);
        Files.copy(in, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write " + out.resolve(name) + ": " + e.getMessage(), e);
      }
    }
  }

  private TokenFile file(Path given, String name, Supplier<Stream<String>> documents) {
    if (given != null) {
      return TokenFile.open(given);
    }
    Path file = cache.resolve(name);
    if (Files.exists(file)) {
      return TokenFile.open(file);
    }
    say("tokenizing %s", file);
    try {
      Files.createDirectories(cache);
      Path part = cache.resolve(name + ".part");
      try (Stream<String> text = documents.get()) {
        TokenFile.write(part, text, Tokenizer.load(out));
      }
      return TokenFile.open(Files.move(part, file, StandardCopyOption.REPLACE_EXISTING));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void say(String format, Object... values) {
    say(String.format(Locale.ROOT, format, values));
  }

  /** Keeps the best model in the directory. */
  private final class Best implements Listener {

    @Override
    public void measured(Curve.Point point, boolean best, Supplier<Llm> model) {
      if (best) {
        try (Llm copy = model.get()) {
          HuggingFace.save(copy, out);
        }
      }
    }
  }
}
