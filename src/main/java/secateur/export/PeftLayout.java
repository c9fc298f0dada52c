package secateur.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import secateur.file.Safetensors;
import secateur.model.Llm;
import secateur.train.Adapters;

/**
 * The low-rank adapter of a model in PEFT's layout, without the model: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 * {@link Adapters#load} puts it beside the layers of a model again; {@link Adapters#unmerge(Llm)} gives the model that it was trained on.
 */
public record PeftLayout() implements Format {

  @Override
  public Written save(Llm model, Path directory) {
    Adapters.save(model, directory);
    List<Written.Tensor> tensors = new ArrayList<>();
    Safetensors.open(directory.resolve(Adapters.TENSORS)).entries().forEach((name, entry) ->
        tensors.add(new Written.Tensor(name, entry.type().name(), entry.shape().size(), entry.end() - entry.begin())));
    return new Written(directory, toString(), tensors, List.of("Secateur", "peft"),
        List.of("the adapter alone: the model below it, Adapters.unmerge(model), is saved by itself"));
  }

  @Override
  public String toString() {
    return "PEFT LoRA";
  }
}
