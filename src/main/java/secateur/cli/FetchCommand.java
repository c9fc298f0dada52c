package secateur.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import secateur.hub.Hub;
import secateur.model.HubModel;
import secateur.text.HubDataset;

@Command(name = "fetch", description = "Download a model or a dataset of the Hugging Face hub into its cache, and print where it is.",
    footer = {"", "Examples:", "  secateur fetch HuggingFaceTB/SmolLM2-135M",
        "  secateur fetch --dataset Salesforce/wikitext#wikitext-2-raw-v1:test", "",
        "The cache is shared with Python's huggingface_hub: HF_HUB_CACHE, HF_HOME, HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE."})
final class FetchCommand extends Work {

  @Parameters(paramLabel = "ID", description = "org/name, or org/name@revision; of a dataset also #config and :split.")
  private String id;

  @Option(names = "--dataset", description = "It is a dataset, not a model.")
  private boolean dataset;

  @Override
  void work() {
    if (dataset) {
      HubDataset.download(Hub.ofEnvironment(), id).stream().map(Path::toString).forEach(this::say);
    } else {
      say(HubModel.download(Hub.ofEnvironment(), id).toString());
    }
  }
}
