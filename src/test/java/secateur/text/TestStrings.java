package secateur.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts on which tokenizers like to differ. */
final class TestStrings {
  private static final List<String> SPACES = List.of(" ", "  ", "   ", "        ", "\n", "\n\n", "\r\n", "\t", "\t\t", " \n ", "\u00A0", "\u2003", "\u3000",
      "\u0085", "\u1680", "\u2028", "\u200B", "\u000B", "\f", "\uFEFF");
  private static final List<String> MARKS = List.of("e\u0301", "\u0301", "a\u0308\u0323", "\u0928\u093F", "\u0E01\u0E33", "\u05E9\u05C1", "\uD834\uDD65",
      "\u1100\u1161\u11A8", "o\u0302\u0301", "\u0653", "\u20DD");
  private static final List<String> EMOJI = List.of("👩‍💻", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "👍🏽", "❤️", "☕", "✂️", "🤷🏿‍♀️", "1️⃣", "⏱");
  private static final List<String> NUMBERS = List.of("0", "7", "42", "123", "1234", "12345", "1234567", "3.14", "1e-5", "0xFF", "1_000", "٣٤", "²³", "½", "Ⅷ",
      "१२३", "１２", "①");
  private static final List<String> CONTRACTIONS = List.of("it's", "don't", "they're", "I've", "I'm", "we'll", "she'd", "IT'S", "DON'T", "WE'LL", "I'Ve", "'s",
      "''", "’s", "o'clock", "'Tis", "x'll", "'ſ", "'ſt", "'K", "'re're");
  private static final List<String> SPECIAL = List.of("<|endoftext|>", "<s>", "</s>", "<unk>", "<0x41>", "[PAD9]", "<|", "|>", "▁", "▁▁", "Ġ", "Ċ", "Ġthe");
  private static final List<String> SIGNS = List.of(".", ",", "!?", "...", "…", "。", "、", "(", ")", "[](){}", "=>", "<=", "$", "+", "^", "~", "|", "`", "```",
      "||", "&&", "\\", "\"", "#", "@", "//", "/*", "*/", "—", "«", "»", "؟", "،", "।", "۔", "€", "£", "±", "°");

  private final Random random;
  private final String source;
  private final List<Supplier<String>> kinds = List.of(this::slice, this::unicode, this::plane0, this::control,
      () -> of(SPACES), () -> of(MARKS), () -> of(EMOJI), () -> of(NUMBERS), () -> of(CONTRACTIONS), () -> of(SPECIAL), () -> of(SIGNS));

  private TestStrings(long seed) {
    random = new Random(seed);
    source = source();
  }

  /** The empty text, each kind alone, then mixtures. */
  static List<String> of(int number, long seed) {
    TestStrings strings = new TestStrings(seed);
    List<String> all = new ArrayList<>(List.of("", " ", "  ", "a", " a", "a ", "\u0000", "\uD83D\uDE00"));
    for (List<String> each : List.of(SPACES, MARKS, EMOJI, NUMBERS, CONTRACTIONS, SPECIAL, SIGNS)) {
      all.addAll(each);
    }
    while (all.size() < number) {
      all.add(strings.mixture());
    }
    return all.subList(0, number);
  }

  private static String source() {
    return Corpus.load("java:test").text();
  }

  private String mixture() {
    return switch (random.nextInt(4)) {
      case 0 -> slice();
      case 1 -> repeat(kinds.get(random.nextInt(kinds.size())), 1 + random.nextInt(8));
      default -> repeat(() -> kinds.get(random.nextInt(kinds.size())).get() + (random.nextBoolean() ? "" : " "), 1 + random.nextInt(10));
    };
  }

  private String repeat(Supplier<String> kind, int times) {
    return IntStream.range(0, times).mapToObj(i -> kind.get()).collect(Collectors.joining());
  }

  /** Begins and ends between characters. */
  private String slice() {
    int length = random.nextInt(60);
    int begin = random.nextInt(source.length() - length);
    return source.substring(begin, begin + length);
  }

  private String unicode() {
    return repeat(() -> Character.toString(character(0x110000)), 1 + random.nextInt(4));
  }

  private String plane0() {
    return repeat(() -> Character.toString(character(0x3000)), 1 + random.nextInt(6));
  }

  private String control() {
    return Character.toString(random.nextBoolean() ? random.nextInt(32) : 0x7F + random.nextInt(0x21));
  }

  private int character(int end) {
    int c = random.nextInt(end);
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? ' ' : c;
  }

  private String of(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
