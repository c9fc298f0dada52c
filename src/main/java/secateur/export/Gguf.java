package secateur.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import secateur.file.DiskSpace;
import secateur.gguf.GgufWriter;
import secateur.gguf.Metadata;
import secateur.model.GgufPart;
import secateur.model.GgufParts;
import secateur.model.Llm;
import secateur.spec.GgufConfig;
import secateur.tensor.Scope;
import secateur.tensor.Select;
import secateur.text.GgufVocabulary;
import secateur.text.Windows;

/**
 * One GGUF file, version 3, that llama.cpp and GPT4All run and {@link Llm#load} reads back: tensors, architecture, tokenizer.
 *
 * @param preset which type each matrix has; empty keeps each as it is: layers on a grid of whole zeros and groups of a multiple of 32 inputs
 *     with the same codes as Q4_0, Q5_0 or Q8_0, whichever is smallest, all others in float16 or float32 as they are stored
 * @param text what importance is measured on ({@link #calibrated}); empty where all columns weigh the same
 */
public record Gguf(Optional<Preset> preset, Optional<Windows> text) implements Format {

  /** As the model is. */
  public Gguf() {
    this(Optional.empty(), Optional.empty());
  }

  /** With the types of {@code preset}. */
  public Gguf(Preset preset) {
    this(Optional.of(preset), Optional.empty());
  }

  /** Rounds columns with more care the larger their inputs are on {@code text}. */
  public Gguf calibrated(Windows text) {
    return new Gguf(preset, Optional.of(text));
  }

  @Override
  public Written save(Llm model, Path path) {
    Widths widths = Widths.of(model);
    try (Scope scope = new Scope()) {
      Map<String, float[]> importance = text.map(each -> Importance.of(model, each)).orElse(Map.of());
      List<GgufTensor> tensors = parts(model).map(part -> GgufTensor.of(part, model.spec(), preset, importance)).toList();
      DiskSpace.check(path, tensors.stream().mapToLong(GgufTensor::bytes).sum());
      List<String> notes = new ArrayList<>();
      Metadata metadata = metadata(model, widths, notes);
      GgufWriter.write(path, metadata, tensors.stream().map(GgufTensor::content).toList());
      return new GgufReport(model, preset, tensors).written(path, notes);
    }
  }

  private static Stream<GgufPart> parts(Llm model) {
    float[] divisors = GgufConfig.divisors(model.spec());
    Stream<GgufPart> parts = GgufParts.of(model).stream();
    return divisors.length == 0 ? parts : Stream.concat(parts, Stream.of(new GgufPart.Vector(GgufConfig.FREQUENCIES, Select.numbers(divisors))));
  }

  /** Adds to {@code notes} what the file cannot say of the tokenizer. */
  private Metadata metadata(Llm model, Widths widths, List<String> notes) {
    Metadata.Builder into = Metadata.builder().text("general.architecture", model.spec().gguf().architecture())
        .text("general.name", model.name()).u32("general.file_type", preset.map(Preset::fileType).orElse(Preset.F16.fileType()))
        .u32("general.quantization_version", 2);
    GgufConfig.write(model.spec(), widths.heads(), widths.inner(), into);
    int tokens = Math.toIntExact(model.head().rows());
    into.u32(model.spec().gguf().architecture() + ".vocab_size", tokens);
    if (model.tokenizerOrNull() == null) {
      into.text("tokenizer.ggml.model", "no_vocab");
      notes.add("there is no tokenizer, so the file works on token ids alone, in programs that call llama.cpp as a library");
    } else {
      notes.addAll(GgufVocabulary.write(model.tokenizer(), tokens, into));
    }
    return into.build();
  }

  @Override
  public String toString() {
    return "GGUF" + preset.map(each -> " " + each).orElse("") + text.map(each -> " calibrated").orElse("");
  }
}
