package secateur;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of a corpus of malformed files: where it is refused, and a word of the reason. */
public record MalformedFile(String name, long offset, String word, byte[] bytes) {

  private static final int ENOUGH = 120;
  private static final int TIMES = 21;
  private static final double MOST = 100; // milliseconds

  /** Whether {@code corpus} is one: many, each another. */
  public static void checkCorpus(Stream<MalformedFile> corpus) {
    assertThat(corpus.map(MalformedFile::name)).hasSizeGreaterThan(ENOUGH).doesNotHaveDuplicates();
  }

  /** Written to {@code file}, it must be refused by {@code reader} as {@link Refusal} says. */
  public void check(Path file, Consumer<Path> reader) {
    Refusal.check(written(file), reader, offset, word);
  }

  private Path written(Path file) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Says how long {@code reader} takes to refuse each of {@code corpus} and of the files {@code large} once it is warm, by the processor's time. */
  public static void time(Path folder, Stream<MalformedFile> corpus, Consumer<Path> reader, Path... large) {
    SortedMap<Double, String> times = new TreeMap<>();
    corpus.forEach(each -> times.put(milliseconds(each.written(folder.resolve("timed")), reader), each.name()));
    Stream.of(large).forEach(each -> times.put(milliseconds(each, reader), each.getFileName().toString()));
    System.out.printf("median %.3f ms, longest %.3f ms (%s)%n", times.keySet().stream().skip(times.size() / 2).findFirst().orElseThrow(), times.lastKey(),
        times.get(times.lastKey()));
    assertThat(times.lastKey()).isLessThan(MOST);
  }

  /** The median of some times. */
  private static double milliseconds(Path file, Consumer<Path> reader) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return IntStream.range(0, TIMES).mapToDouble(i -> {
      long begin = threads.getCurrentThreadCpuTime();
      catchThrowable(() -> reader.accept(file));
      return (threads.getCurrentThreadCpuTime() - begin) / 1e6;
    }).sorted().skip(TIMES / 2).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
