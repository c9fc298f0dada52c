package secateur.export;

import java.nio.file.Path;
import java.util.List;
import secateur.model.AwqFile;
import secateur.model.Llm;

/**
 * AWQ's layout, version {@code gemm}, as {@link AwqFile} describes it: 4-bit grids whose groups lie side by side, of one size in all
 * blocks. What it has no place for is refused before anything is written.
 *
 * @param shardBytes the most that one file holds
 */
public record AwqLayout(long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public AwqLayout {
    ModelDirectory.checkShard(shardBytes);
  }

  /** In files of at most 5 GB. */
  public AwqLayout() {
    this(ModelDirectory.SHARD);
  }

  /** In files of at most {@code bytes}. */
  public AwqLayout sharded(long bytes) {
    return new AwqLayout(bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    AwqFile layout = AwqFile.of(model);
    List<String> clients = List.of("Secateur", "transformers with AutoAWQ or GPTQModel");
    return new PackedDirectory(this + ", " + layout.grid(), layout, clients, shardBytes).save(model, directory, false);
  }

  @Override
  public String toString() {
    return "AWQ";
  }
}
