package secateur;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;

/** One of a corpus of malformed files: where it is refused, and a word of the reason. */
public record MalformedFile(String name, long offset, String word, byte[] bytes) {

  private static final int ENOUGH = 120;
  private static final int WARM = 20;

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

  /** Says how long {@code reader} takes to refuse each of {@code corpus} once it is warm, the longest of all last; with files of other sizes in {@code large}. */
  public static void time(Path folder, Stream<MalformedFile> corpus, Consumer<Path> reader, Path... large) {
    Path file = folder.resolve("timed");
    double[] all = Stream.concat(corpus.map(each -> each.written(file)), Stream.of(large)).mapToDouble(each -> milliseconds(each, reader)).sorted().toArray();
    System.out.printf("%d files: median %.3f ms, longest %.3f ms%n", all.length, all[all.length / 2], all[all.length - 1]);
    assertThat(all[all.length - 1]).isLessThan(100);
  }

  private static double milliseconds(Path file, Consumer<Path> reader) {
    long begin = 0;
    for (int i = 0; i <= WARM; i++) {
      begin = System.nanoTime();
      ThrowableAssert.catchThrowable(() -> reader.accept(file));
    }
    return (System.nanoTime() - begin) / 1e6;
  }

  @Override
  public String toString() {
    return name;
  }
}
