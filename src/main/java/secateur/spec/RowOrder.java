package secateur.spec;

import java.util.Optional;
import java.util.stream.LongStream;

/** The order in which a GGUF file keeps the rows of a projection. */
public enum RowOrder {
  /** As checkpoints do. */
  PLAIN {
    @Override
    public Optional<long[]> rows(long rows, Heads heads) {
      return Optional.empty();
    }
  },
  /** The two numbers that rotary embeddings turn together are neighbours; checkpoints have them half a head apart. */
  PAIRS {
    @Override
    public Optional<long[]> rows(long rows, Heads heads) {
      int size = heads.size();
      return Optional.of(LongStream.range(0, rows).map(i -> i / size * size + i % 2 * (size / 2) + i % size / 2).toArray());
    }
  },
  /** All queries, all keys, all values; checkpoints go by key-value head ({@link Fusion#GROUPED}). */
  CONCATENATED {
    @Override
    public Optional<long[]> rows(long rows, Heads heads) {
      long size = heads.size();
      long each = (heads.group() + 2) * size; // rows of one key-value head
      long queries = heads.group() * size;
      LongStream q = LongStream.range(0, heads.queries() * size).map(i -> i / queries * each + i % queries);
      LongStream k = LongStream.range(0, heads.keyValues() * size).map(i -> i / size * each + queries + i % size);
      LongStream v = LongStream.range(0, heads.keyValues() * size).map(i -> i / size * each + queries + size + i % size);
      return Optional.of(LongStream.concat(LongStream.concat(q, k), v).toArray());
    }
  };

  /** The checkpoint's row behind each of the file's {@code rows} rows, of a layer with {@code heads}; empty where they are the same. */
  public abstract Optional<long[]> rows(long rows, Heads heads);

  /** The file's row behind each of the checkpoint's rows. */
  public Optional<long[]> back(long rows, Heads heads) {
    return rows(rows, heads).map(places -> {
      long[] back = new long[places.length];
      for (int i = 0; i < places.length; i++) {
        back[(int) places[i]] = i;
      }
      return back;
    });
  }
}
