package secateur.export;

import java.nio.file.Path;
import java.util.List;
import secateur.model.PackQuantizedFile;
import secateur.model.Llm;

/**
 * The format {@code pack-quantized} of compressed-tensors, as {@link PackQuantizedFile} describes it: grids of 4 or 8 bits, one size of groups
 * in all blocks. What it has no place for is refused before anything is written.
 *
 * @param shardBytes the most that one file holds
 */
public record PackQuantizedLayout(long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public PackQuantizedLayout {
    ModelDirectory.checkShard(shardBytes);
  }

  /** In files of at most 5 GB. */
  public PackQuantizedLayout() {
    this(ModelDirectory.SHARD);
  }

  /** In files of at most {@code bytes}. */
  public PackQuantizedLayout sharded(long bytes) {
    return new PackQuantizedLayout(bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    PackQuantizedFile layout = PackQuantizedFile.of(model);
    List<String> clients = List.of("Secateur", "transformers with compressed-tensors");
    return new PackedDirectory(this + ", " + layout.grid(), layout, clients, shardBytes).save(model, directory, false);
  }

  @Override
  public String toString() {
    return "pack-quantized";
  }
}
