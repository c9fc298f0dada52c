package secateur.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Examples with a name: what a student is taught by, or measured with.
 *
 * @param name where they come from
 * @param list at least one
 * @param foreign whether somebody else wrote them, perhaps a model
 */
public record Examples(String name, List<Example> list, boolean foreign) {

  private static final String NOTICE = "%s came from elsewhere. If a model wrote its answers: the terms of some providers"
      + " forbid training on their models' output; look there before you train on them or pass the student on.";

  /** Refuses no examples, and no name. */
  public Examples {
    list = List.copyOf(list);
    if (name == null || name.isBlank() || list.isEmpty()) {
      throw new IllegalArgumentException(list.size() + " examples named \"" + name + "\"; at least 1 and a name are needed");
    }
  }

  /** Examples of one's own. */
  public static Examples of(String name, List<Example> list) {
    return new Examples(name, list, false);
  }

  /**
   * Reads JSON Lines in UTF-8. A line is an object with {@code prompt} and {@code response}, or with {@code question} and
   * {@code answer}; {@code rationale} and {@code level} may stand beside either. Blank lines are passed over, other fields
   * ignored.
   *
   * @throws IllegalArgumentException if there is no such file, or a line is none of these, with its number
   */
  public static Examples load(Path file) {
    List<Example> list = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          list.add(ExampleLine.read(lines.get(i), file.getFileName() + ", line " + (i + 1)));
        }
      }
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file.toAbsolutePath(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " as UTF-8", e);
    }
    return new Examples(file.getFileName().toString(), list, true);
  }

  /** Writes them as {@link #load} reads them. */
  public void save(Path file) {
    try {
      Files.writeString(file, lines());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** How many. */
  public int size() {
    return list.size();
  }

  /** Every example changed by {@code form}, a {@link Form} or {@link Prompts} for instance. */
  public Examples as(UnaryOperator<Example> form) {
    return with(name, list.stream().map(form).toList());
  }

  /** Those that {@code wanted} takes; an error where there are none. */
  public Examples only(Predicate<Example> wanted) {
    return with(name, list.stream().filter(wanted).toList());
  }

  /** The first {@code count}, or all where there are fewer. */
  public Examples first(int count) {
    return with(name, list.subList(0, Math.min(Math.max(0, count), list.size())));
  }

  /** Others that came of these. */
  public Examples with(String otherName, List<Example> others) {
    return new Examples(otherName, others, foreign);
  }

  /** What whoever trains on them should be told; empty where they are one's own. */
  public Optional<String> notice() {
    return foreign ? Optional.of(NOTICE.formatted(name)) : Optional.empty();
  }

  /** Of the examples as {@link #save} writes them, 64 hexadecimal digits. */
  public String sha256() {
    return Sha256.of(lines());
  }

  /** In one line what a figure must say of them: name, checksum, number. */
  public String protocol() {
    return name + " (sha256 " + sha256().substring(0, 8) + "…), " + size() + " examples";
  }

  private String lines() {
    return list.stream().map(ExampleLine::write).collect(Collectors.joining("\n", "", "\n"));
  }

  @Override
  public String toString() {
    return "Examples(" + protocol() + ")";
  }
}
