package secateur.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import secateur.file.Json;
import secateur.file.MalformedFileException;
import secateur.hub.Hub;
import secateur.hub.Listing;
import secateur.hub.Repository;

/** A model of the hub: of its files those that {@link Llm#load} reads, and never a pickle. */
public final class HubModel {

  private static final String CONFIG = "config.json";
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = SINGLE + ".index.json";
  private static final Set<String> SMALL = Set.of(CONFIG, "generation_config.json", "tokenizer.json", "tokenizer_config.json",
      "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt", "tokenizer.model", "chat_template.jinja");

  private final Hub hub;
  private final Repository repository;

  private HubModel(Hub hub, Repository repository) {
    this.hub = hub;
    this.repository = repository;
  }

  /**
   * Downloads what the cache lacks of the model {@code id}; where the repository has only pickles, the safetensors that
   * the hub's robot made of them.
   *
   * @param id {@code org/name} or {@code org/name@revision}
   * @return the directory to load
   * @throws IllegalArgumentException if the hub has no such model, refuses it, or has no safetensors of it
   * @throws IllegalStateException if the hub cannot be reached and the cache lacks files
   */
  public static Path download(Hub hub, String id) {
    return new HubModel(hub, Repository.of(Repository.Kind.MODEL, id)).download();
  }

  private Path download() {
    Listing listing = hub.find(repository).orElseThrow(() -> new IllegalArgumentException("'" + repository.name()
        + "' is neither a directory here nor a model of " + hub.host() + " (a private one needs HF_TOKEN)"));
    return download(hasTensors(listing) || listing.offline().isPresent() ? listing : hub.converted(listing)
        .filter(HubModel::hasTensors).orElseThrow(() -> noTensors(listing)));
  }

  private static boolean hasTensors(Listing listing) {
    return listing.files().containsKey(SINGLE) || listing.files().containsKey(INDEX);
  }

  private Path download(Listing listing) {
    List<String> files = new ArrayList<>(listing.files().keySet().stream().filter(SMALL::contains).toList());
    if (!listing.files().containsKey(CONFIG)) {
      throw new IllegalArgumentException("the " + repository + " has no " + CONFIG + "; it has " + shown(listing.files().keySet()));
    }
    if (listing.files().containsKey(INDEX)) {
      Path index = hub.download(listing, List.of(INDEX)).resolve(INDEX);
      files.add(INDEX);
      files.addAll(shards(index));
    } else {
      files.add(SINGLE);
    }
    return hub.download(listing, files);
  }

  private static Collection<String> shards(Path index) {
    Set<String> shards = new TreeSet<>();
    if (!(Json.read(index).get("weight_map") instanceof JsonObject weights)) {
      throw new MalformedFileException(index, "it has no object 'weight_map'");
    }
    for (JsonElement shard : weights.asMap().values()) {
      shards.add(shard.isJsonPrimitive() ? shard.getAsString() : shard.toString());
    }
    return shards;
  }

  private IllegalArgumentException noTensors(Listing listing) {
    Optional<String> pickle = listing.files().keySet().stream().filter(file -> file.matches(".*\\.(bin|pt|pth|pkl)")).findFirst();
    return new IllegalArgumentException("the " + repository + " has no " + SINGLE + (pickle.isPresent()
        ? ", only pickles such as " + pickle.get() + ", which can run code and are never read; ask for safetensors of it at "
            + "https://huggingface.co/spaces/safetensors/convert and load it again"
        : "; it has " + shown(listing.files().keySet())));
  }

  private static String shown(Collection<String> files) {
    return files.stream().limit(12).collect(Collectors.joining(", ")) + (files.size() > 12 ? " and " + (files.size() - 12) + " more" : "");
  }
}
