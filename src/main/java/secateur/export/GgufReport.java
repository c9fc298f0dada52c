package secateur.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import secateur.model.Int8Linear;
import secateur.model.Llm;
import secateur.model.Rounded;
import secateur.model.RoundedInput;
import secateur.spec.GgufConfig;

/** Says what a GGUF file has become: who opens it, and what it lost. */
final class GgufReport {

  private static final String LLAMA_CPP = "llama.cpp";
  private static final String GPT4ALL = "GPT4All";
  /** The architectures of GPT4All's engine (npm gpt4all 4.0.0) among ours. */
  private static final Set<String> IN_GPT4ALL = Set.of("llama", "falcon", "gpt2", "bloom", "qwen2");

  private final Llm model;
  private final String format;
  private final List<Written.Tensor> tensors;

  /** After {@code written} has been written. */
  GgufReport(Llm model, String format, List<GgufTensor> written) {
    this.model = model;
    this.format = format;
    this.tensors = written.stream().map(GgufTensor::written).toList();
  }

  Written written(Path path, List<String> before) {
    List<String> notes = new ArrayList<>(before);
    List<String> hurdles = hurdles();
    hurdles.forEach(hurdle -> notes.add("GPT4All does not open it: " + hurdle));
    notes.addAll(Contents.ownSettings(model));
    window(notes);
    rounded(notes);
    inputs(notes);
    boolean words = model.tokenizerOrNull() != null;
    return new Written(path, format, tensors,
        !words ? List.of() : hurdles.isEmpty() ? List.of(LLAMA_CPP, GPT4ALL) : List.of(LLAMA_CPP), notes);
  }

  /** What keeps GPT4All's engine from it. */
  private List<String> hurdles() {
    List<String> hurdles = new ArrayList<>();
    if (!IN_GPT4ALL.contains(model.spec().gguf().architecture())) {
      hurdles.add("it does not know the architecture " + model.spec().gguf().architecture());
    }
    if (!has(model.spec().gguf().module("head") + ".weight")) {
      hurdles.add("it wants a head of its own (ownHead())");
    }
    if (has(GgufConfig.FREQUENCIES)) {
      hurdles.add("it does not know scaled rotary frequencies");
    }
    return hurdles;
  }

  private boolean has(String name) {
    return tensors.stream().anyMatch(tensor -> tensor.name().equals(name));
  }

  private void window(List<String> notes) {
    IntStream.range(0, model.spec().sizes().layers()).boxed().flatMap(i -> model.spec().window(i).stream()).filter(w -> w < model.spec().sizes().context())
        .findFirst().ifPresent(w -> notes.add("attention that looks back " + w + " tokens has no key in this architecture: beyond them the programs see more"));
  }

  /** Layers that were on grids of their own, and are on the file's now. */
  private void rounded(List<String> notes) {
    List<String> again = tensors.stream().filter(each -> each.error() > 0 && isRounded(each)).map(Written.Tensor::type).toList();
    if (!again.isEmpty()) {
      notes.add(String.format(Locale.ROOT, "%d quantized matrices have grids that %s cannot hold: they are rounded again", again.size(),
          String.join(", ", again.stream().distinct().toList())));
    }
  }

  private void inputs(List<String> notes) {
    long count = model.layers().values().stream().filter(layer -> layer instanceof Int8Linear || layer instanceof RoundedInput).count();
    if (count > 0) {
      notes.add(count + " layers round their inputs as Secateur runs them, which the file does not say");
    }
  }

  private boolean isRounded(Written.Tensor tensor) {
    return model.blocks().stream().anyMatch(block -> block.roles().stream().anyMatch(role ->
        (model.spec().gguf().module(block.index(), role.label()) + ".weight").equals(tensor.name()) && block.layer(role) instanceof Rounded));
  }
}
