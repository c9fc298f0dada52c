package secateur.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import secateur.Golden;
import secateur.measure.Perplexity;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.prune.DropLayers;
import secateur.prune.LlmPruner;
import secateur.prune.LoraPrune;
import secateur.prune.PruneChannels;
import secateur.prune.PruneHeads;
import secateur.prune.PruneNeurons;
import secateur.prune.Recover;
import secateur.prune.SparseGpt;
import secateur.prune.StoreSparse;
import secateur.quantize.Rtn;

/** Pruned models are saved, loaded in another process, and have the same perplexity there. */
class PrunedModelsTest {

  private static final List<Method> METHODS = List.of(new PruneHeads(0.5), new PruneNeurons(0.3), new PruneChannels(0.25), new DropLayers(1),
      new LlmPruner(0.5).protect(1, 0), new LoraPrune(0.5, 5), new LlmPruner(0.5).then(new Recover(3)), new SparseGpt(2, 4).then(new Recover(3)),
      new PruneNeurons(0.3).multiplesOf(4).then(new Rtn(4).group(4)).then(new PruneHeads(0.5)),
      new SparseGpt(2, 4).then(new StoreSparse()), new SparseGpt(0.5).then(new StoreSparse()),
      new SparseGpt(2, 4).then(new StoreSparse()).then(new PruneNeurons(0.3)).then(new PruneHeads(0.5)));

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen3", "gpt2", "bloom", "falcon_alibi", "opt_350m"})
  void theSameInAnotherProcess(String name) throws Exception {
    List<String> here = new ArrayList<>();
    List<String> directories = new ArrayList<>();
    try (Llm model = Golden.model(name)) {
      for (Method method : METHODS) {
        try (Llm made = method.apply(model, Golden.windows(name))) {
          here.add("perplexity " + Perplexity.of(made, Golden.windows(name)).value());
          directories.add(folder.resolve("model" + directories.size()).toString());
          HuggingFace.save(made, Path.of(directories.get(directories.size() - 1)));
        }
      }
    }
    assertThat(there(name, directories)).containsExactlyElementsOf(here);
  }

  private static List<String> there(String name, List<String> directories) throws IOException, InterruptedException {
    Stream<String> command = Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), PerplexityProcess.class.getName(), name);
    Process process = new ProcessBuilder(Stream.concat(command, directories.stream()).toList()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().filter(line -> line.startsWith("perplexity")).toList();
  }
}
