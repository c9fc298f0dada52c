package secateur.export;

import java.nio.file.Path;
import java.util.List;
import secateur.model.BitsAndBytesFile;
import secateur.model.Llm;

/**
 * The 4-bit layout of bitsandbytes, as {@link BitsAndBytesFile} describes it: NF4 or FP4, with or without double quantization, the same in all
 * blocks. What it has no place for is refused before anything is written.
 *
 * @param shardBytes the most that one file holds
 */
public record BitsAndBytesLayout(long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public BitsAndBytesLayout {
    ModelDirectory.checkShard(shardBytes);
  }

  /** In files of at most 5 GB. */
  public BitsAndBytesLayout() {
    this(ModelDirectory.SHARD);
  }

  /** In files of at most {@code bytes}. */
  public BitsAndBytesLayout sharded(long bytes) {
    return new BitsAndBytesLayout(bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    BitsAndBytesFile layout = BitsAndBytesFile.of(model);
    List<String> clients = List.of("Secateur", "transformers with bitsandbytes");
    return new PackedDirectory(this + ", " + layout, layout, clients, shardBytes).save(model, directory, false);
  }

  @Override
  public String toString() {
    return "bitsandbytes";
  }
}
