package secateur.export;

import java.nio.file.Path;
import java.util.List;
import secateur.model.GptqFile;
import secateur.model.GptqFile.Version;
import secateur.model.Llm;

/**
 * GPTQ's layout, as {@link GptqFile} describes it: grids of 2, 3, 4 or 8 bits, one size of groups in all blocks, in any order of
 * columns. What it has no place for is refused before anything is written.
 *
 * @param version how zeros are stored
 * @param shardBytes the most that one file holds
 */
public record GptqLayout(Version version, long shardBytes) implements Format {

  /** Refuses what cannot be meant. */
  public GptqLayout {
    ModelDirectory.checkShard(shardBytes);
  }

  /** In files of at most 5 GB. */
  public GptqLayout(Version version) {
    this(version, ModelDirectory.SHARD);
  }

  /** Version 1, which stores zero - 1: the older one. */
  public static GptqLayout v1() {
    return new GptqLayout(Version.V1);
  }

  /** Version 2, which stores every zero. */
  public static GptqLayout v2() {
    return new GptqLayout(Version.V2);
  }

  /** In files of at most {@code bytes}. */
  public GptqLayout sharded(long bytes) {
    return new GptqLayout(version, bytes);
  }

  @Override
  public Written save(Llm model, Path directory) {
    GptqFile layout = GptqFile.of(model, version);
    List<String> clients = List.of("Secateur", "transformers with GPTQModel");
    return new PackedDirectory(this + ", " + layout.grid(), layout, clients, shardBytes).save(model, directory, true);
  }

  @Override
  public String toString() {
    return "GPTQ " + version.name().toLowerCase(java.util.Locale.ROOT);
  }
}
