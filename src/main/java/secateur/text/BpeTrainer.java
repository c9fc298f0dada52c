package secateur.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Learns byte pair encoding (Sennrich et al. 2016) on bytes, within GPT-2's words: the most frequent pair of
 * neighbours becomes a new token, again and again. Words are counted first, and pair counts kept up to date, so a
 * merge touches only the words that hold it. Of equally frequent pairs the one with the smaller ids comes first.
 */
public final class BpeTrainer {
  private final List<int[]> words = new ArrayList<>();       // ids of each distinct word
  private final List<Long> frequencies = new ArrayList<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, Set<Integer>> places = new HashMap<>();   // words that hold, or held, the pair
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /** Two neighbouring tokens. */
  record Pair(int left, int right) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      return left != other.left ? Integer.compare(left, other.left) : Integer.compare(right, other.right);
    }
  }

  /** A pair with the count it had when queued; out of date if {@link #counts} now says otherwise. */
  private record Candidate(long count, Pair pair) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      return count != other.count ? Long.compare(other.count, count) : pair.compareTo(other.pair);
    }
  }

  private BpeTrainer(Map<String, Long> vocabulary) {
    vocabulary.forEach((word, frequency) -> {
      words.add(Bpe.bytes(word));
      frequencies.add(frequency);
      count(words.size() - 1, 1);
    });
    counts.forEach((pair, count) -> queue.add(new Candidate(count, pair)));
  }

  /**
   * Learns from documents, each tokenized by itself.
   *
   * @param size of the vocabulary: 1 end-of-text token, 256 bytes, and as many merges as make up the rest; fewer if
   *     the documents run out of pairs that occur twice
   */
  public static Bpe train(Stream<String> documents, int size) {
    if (size < Bpe.FIRST_MERGE || size > 1 << 16) {
      throw new IllegalArgumentException("vocabulary size " + size + " is not between " + Bpe.FIRST_MERGE + " and 65536");
    }
    var vocabulary = new HashMap<String, Long>();
    documents.forEach(text -> {
      for (var word = ByteLevel.words(text); word.find(); ) {
        vocabulary.merge(word.group(), 1L, Long::sum);
      }
    });
    return new Bpe(new BpeTrainer(vocabulary).merges(size - Bpe.FIRST_MERGE));
  }

  private List<Pair> merges(int number) {
    var merges = new ArrayList<Pair>();
    while (merges.size() < number && !queue.isEmpty()) {
      var best = queue.poll();
      if (best.count < 2) {
        break;
      }
      if (best.count == counts.getOrDefault(best.pair, 0L)) {
        merge(best.pair, Bpe.FIRST_MERGE + merges.size());
        merges.add(best.pair);
      }
    }
    return merges;
  }

  private void merge(Pair pair, int id) {
    var changed = new HashSet<Pair>();
    for (int word : places.remove(pair)) {
      var merged = Bpe.replace(words.get(word), pair, id);
      if (merged.length < words.get(word).length) {
        changed.addAll(count(word, -1));
        words.set(word, merged);
        changed.addAll(count(word, 1));
      }
    }
    counts.remove(pair);
    changed.remove(pair);
    changed.forEach(p -> queue.add(new Candidate(counts.get(p), p)));
  }

  /** Adds the pairs of a word to the counts, or takes them off, and returns them. */
  private Set<Pair> count(int word, int sign) {
    var ids = words.get(word);
    var pairs = new HashSet<Pair>();
    for (int i = 1; i < ids.length; i++) {
      var pair = new Pair(ids[i - 1], ids[i]);
      counts.merge(pair, sign * frequencies.get(word), Long::sum);
      if (pairs.add(pair) && sign > 0) {
        places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
      }
    }
    return pairs;
  }
}
