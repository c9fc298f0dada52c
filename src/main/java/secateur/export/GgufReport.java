package secateur.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import secateur.model.Llm;
import secateur.model.Rounded;

/** Says what a GGUF file has become: who opens it, and what it lost. */
final class GgufReport {

  private static final String LLAMA_CPP = "llama.cpp";
  private static final String GPT4ALL = "GPT4All";
  /** The architectures of GPT4All's engine (npm gpt4all 4.0.0) among ours. */
  private static final Set<String> IN_GPT4ALL = Set.of("llama", "falcon", "gpt2", "gptneox", "bloom", "qwen2");

  private final Llm model;
  private final Optional<Preset> preset;
  private final List<Written.Tensor> tensors;

  /** After {@code written} has been written. */
  GgufReport(Llm model, Optional<Preset> preset, List<GgufTensor> written) {
    this.model = model;
    this.preset = preset;
    this.tensors = written.stream().map(GgufTensor::written).toList();
  }

  Written written(Path path, List<String> before) {
    List<String> notes = new ArrayList<>(before);
    boolean old = IN_GPT4ALL.contains(model.spec().gguf().architecture());
    if (!old) {
      notes.add("GPT4All does not know the architecture " + model.spec().gguf().architecture());
    }
    window(notes);
    rounded(notes);
    boolean words = model.tokenizerOrNull() != null;
    return new Written(path, "GGUF" + preset.map(each -> " " + each).orElse(""), tensors,
        !words ? List.of() : old ? List.of(LLAMA_CPP, GPT4ALL) : List.of(LLAMA_CPP), notes);
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

  private boolean isRounded(Written.Tensor tensor) {
    return model.blocks().stream().anyMatch(block -> block.roles().stream().anyMatch(role ->
        (model.spec().gguf().module(block.index(), role.label()) + ".weight").equals(tensor.name()) && block.layer(role) instanceof Rounded));
  }
}
