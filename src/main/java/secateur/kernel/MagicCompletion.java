package secateur.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import secateur.lab.KnownMethods;

/** Completes magics: their names, options and words, and the methods inside them. */
final class MagicCompletion {

  private static final Pattern NAME = Pattern.compile("(?:[\\w$.<>\\[\\], \\t]+=[ \\t]*)?(%%?)(\\w*)");

  private final Magics magics;
  private final Magic.Session session;

  MagicCompletion(Magics magics, Magic.Session session) {
    this.magics = magics;
    this.session = session;
  }

  /** The names that go on the name at the end of {@code here}; empty if that is not the name of a magic. */
  Optional<Completion> name(String here) {
    Matcher name = NAME.matcher(here);
    return name.matches()
        ? Optional.of(new Completion(magics.namesLike(name.group(2), name.group(1).length() > 1), name.start(2)))
        : Optional.empty();
  }

  /** @param java completes the Java of a method */
  Completion arguments(TypedMagic typed, Function<String, Completion> java) {
    OptionalInt method = typed.methodStart();
    return method.isPresent() ? method(typed, method.getAsInt(), java) : words(typed);
  }

  private Completion method(TypedMagic typed, int start, Function<String, Completion> java) {
    String text = typed.text().substring(start);
    if (!text.matches("\\w*")) {
      String before = TypedMagic.before(text);
      return java.apply(before + text).moved(start - before.length());
    }
    Stream<String> known = typed.magic().packages().stream().flatMap(name -> KnownMethods.in(name).stream())
        .map(type -> type.getSimpleName() + "(");
    return like(text, Stream.concat(known, session.methods()), start);
  }

  private Completion words(TypedMagic typed) {
    String text = typed.text();
    List<String> words = new ArrayList<>(JavaText.words(text.substring(typed.words())));
    boolean fresh = words.isEmpty() || !text.endsWith(words.get(words.size() - 1));
    String last = fresh ? "" : words.remove(words.size() - 1);
    CommandSpec spec = typed.command().getCommandSpec();
    int value = last.startsWith("-") ? last.indexOf('=') + 1 : 0;
    Optional<OptionSpec> option = value > 0 ? option(spec, last.substring(0, value - 1))
        : words.isEmpty() ? Optional.empty() : option(spec, words.get(words.size() - 1)).filter(each -> each.arity().max() > 0);
    String begun = last.substring(value);
    Stream<String> found = option.isPresent() ? candidates(option.get())
        : begun.startsWith("-") ? spec.options().stream().map(OptionSpec::longestName)
        : typed.magic().words(positional(spec, words), begun, session);
    return like(begun, found, text.length() - begun.length());
  }

  private static Optional<OptionSpec> option(CommandSpec spec, String name) {
    return Optional.ofNullable(spec.findOption(name));
  }

  private static Stream<String> candidates(OptionSpec option) {
    Iterable<String> candidates = option.completionCandidates();
    return candidates == null ? Stream.of() : StreamSupport.stream(candidates.spliterator(), false);
  }

  /** Without options and their values. */
  private static List<String> positional(CommandSpec spec, List<String> words) {
    List<String> positional = new ArrayList<>();
    boolean value = false;
    for (String word : words) {
      if (!value && !word.startsWith("-")) {
        positional.add(word);
      }
      value = !value && option(spec, word).filter(option -> option.arity().max() > 0).isPresent();
    }
    return positional;
  }

  private static Completion like(String begun, Stream<String> names, int start) {
    return new Completion(names.filter(name -> name.startsWith(begun)).distinct().toList(), start);
  }
}
