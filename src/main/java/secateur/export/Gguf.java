package secateur.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import secateur.file.DiskSpace;
import secateur.gguf.GgmlType;
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
 * @param preset which type each matrix has; empty keeps each as it is: layers in int8, or on a grid of whole zeros and groups of a multiple of 32 inputs,
 *     with the same codes as Q4_0, Q5_0 or Q8_0, whichever is smallest, all others in float16 or float32 as they are stored. A preset keeps codes too,
 *     where its type has room for them, and rounds all else
 * @param head whether a head that is the embedding is written a second time
 * @param table the type of embedding and head ({@link #table(GgmlType)}); empty leaves it to the preset
 * @param text what importance is measured on ({@link #calibrated}); empty where all columns weigh the same
 */
public record Gguf(Optional<Preset> preset, Head head, Optional<GgmlType> table, Optional<Windows> text) implements Format {

  /** What becomes of the head. */
  public enum Head {
    /** One that is the embedding is not written again. */
    AS_IT_IS,
    /** It always has a tensor of its own. */
    OWN
  }

  /** As the model is. */
  public Gguf() {
    this(Optional.empty(), Head.AS_IT_IS, Optional.empty(), Optional.empty());
  }

  /** With the types of {@code preset}. */
  public Gguf(Preset preset) {
    this(Optional.of(preset), Head.AS_IT_IS, Optional.empty(), Optional.empty());
  }

  /** Rounds columns with more care the larger their inputs are on {@code text}. */
  public Gguf calibrated(Windows text) {
    return new Gguf(preset, head, table, Optional.of(text));
  }

  /** With a head of its own even where it is the embedding: the file grows by it, and GPT4All, which wants one, opens it. */
  public Gguf ownHead() {
    return new Gguf(preset, Head.OWN, table, text);
  }

  /** With embedding and head in {@code type}: with layers as they are, most of what is left. */
  public Gguf table(GgmlType type) {
    return new Gguf(preset, head, Optional.of(type), text);
  }

  @Override
  public Written save(Llm model, Path path) {
    Widths widths = Widths.common(model);
    try (Scope scope = new Scope()) {
      Map<String, float[]> importance = text.map(each -> Importance.of(model, each)).orElse(Map.of());
      List<GgufPart> parts = parts(model);
      Place outside = new Place(model.spec(), parts.stream().map(GgufPart::name).anyMatch(headName(model)::equals) ? headName(model) : "token_embd.weight", -1);
      List<GgufTensor> tensors = parts.stream().map(part -> GgufTensor.of(part, type(part, outside), importance)).toList();
      DiskSpace.check(path, tensors.stream().mapToLong(GgufTensor::bytes).sum());
      List<String> notes = new ArrayList<>();
      GgufWriter.write(path, metadata(model, widths, tensors, notes), tensors.stream().map(GgufTensor::content).toList());
      return new GgufReport(model, toString(), tensors).written(path, notes);
    }
  }

  /** Vectors are F32; matrices have the type that was asked for, or the smallest that keeps them. */
  private GgmlType type(GgufPart part, Place outside) {
    if (!(part instanceof GgufPart.Matrix matrix)) {
      return GgmlType.F32;
    }
    Place place = outside.in(matrix.block());
    if (table.isPresent() && matrix.role().isEmpty() && !place.isPosition(matrix)) {
      return Preset.fitting(table.get(), matrix.layer().columns());
    }
    return preset.map(each -> each.of(matrix, place)).orElseGet(() -> GridBlocks.type(matrix.layer()));
  }

  private static String headName(Llm model) {
    return model.spec().gguf().module("head") + ".weight";
  }

  private List<GgufPart> parts(Llm model) {
    List<GgufPart> parts = new ArrayList<>(GgufParts.of(model));
    if (head == Head.OWN && parts.stream().map(GgufPart::name).noneMatch(headName(model)::equals)) {
      parts.add(new GgufPart.Matrix(headName(model), -1, Optional.empty(), model.head()));
    }
    float[] divisors = GgufConfig.divisors(model.spec());
    if (divisors.length > 0) {
      parts.add(new GgufPart.Vector(GgufConfig.FREQUENCIES, Select.numbers(divisors)));
    }
    return parts;
  }

  /** Adds to {@code notes} what the file cannot say of the tokenizer. */
  private Metadata metadata(Llm model, Widths widths, List<GgufTensor> tensors, List<String> notes) {
    Metadata.Builder into = Metadata.builder().text("general.architecture", model.spec().gguf().architecture())
        .text("general.name", model.name()).u32("general.file_type", preset.orElseGet(() -> Preset.of(GgufTensor.commonest(tensors))).fileType())
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
    return "GGUF" + preset.map(each -> " " + each).orElse("") + text.map(each -> ", calibrated").orElse("") + (head == Head.OWN ? ", own head" : "") + table.map(each -> ", table " + each).orElse("");
  }
}
