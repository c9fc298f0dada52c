package secateur.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file of a dataset and what its path says: {@code config/split-00000-of-00001.parquet}, {@code data/split-…},
 * {@code config/split/0000.parquet}, {@code split.jsonl}, the layouts that the Python library {@code datasets} knows.
 *
 * @param config the folders that are neither {@code data} nor a split; empty for none
 * @param split {@code train} where the path says nothing
 */
record DataFile(String path, Format format, String config, String split) {

  private static final Map<String, String> WORDS = Map.of("train", "train", "training", "train", "validation", "validation",
      "valid", "validation", "val", "validation", "dev", "validation", "test", "test", "testing", "test", "eval", "test", "evaluation", "test");
  private static final Set<String> NOTES = Set.of("dataset_infos.json", "dataset_info.json", "dataset_dict.json", "state.json",
      "license.txt", "readme.txt", "requirements.txt");
  private static final Pattern NUMBERED = Pattern.compile("(\\w+)-\\d+-of-\\d+\\..*");
  private static final Pattern PIECE = Pattern.compile("(.*\\D)(\\d+)-of-(\\d{1,6})(\\D.*)");

  /** Empty for a file that holds no documents. */
  static Optional<DataFile> of(String path) {
    List<String> parts = List.of(path.split("/"));
    String name = parts.get(parts.size() - 1);
    if (NOTES.contains(name.toLowerCase(Locale.ROOT)) || parts.stream().anyMatch(part -> part.startsWith("."))) {
      return Optional.empty();
    }
    List<String> folders = parts.subList(0, parts.size() - 1);
    String config = folders.stream().filter(folder -> !folder.equals("data") && !WORDS.containsKey(folder)).collect(Collectors.joining("/"));
    return Format.of(path).map(format -> new DataFile(path, format, config, split(name, folders)));
  }

  private static String split(String name, List<String> folders) {
    Matcher numbered = NUMBERED.matcher(name);
    if (numbered.matches()) {
      return split(numbered.group(1));
    }
    List<String> words = new ArrayList<>(Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")));
    words.addAll(folders);
    return words.stream().filter(WORDS::containsKey).findFirst().map(WORDS::get).orElse("train");
  }

  /** The usual word for a split: {@code validation} for {@code valid}, {@code val} and {@code dev}. */
  static String split(String word) {
    return WORDS.getOrDefault(word, word);
  }

  /** All of {@code x-00000-of-00003.parquet}, which are numbered from 0; one file that is not numbered. */
  List<String> pieces() {
    Matcher piece = PIECE.matcher(path);
    if (!piece.matches()) {
      return List.of(path);
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(piece.group(3)); i++) {
      String number = String.format(Locale.ROOT, "%0" + piece.group(2).length() + "d", i);
      all.add(piece.group(1) + number + "-of-" + piece.group(3) + piece.group(4));
    }
    return all;
  }
}
