package secateur.text;

import java.util.List;
import java.util.Map;

/** Which column of a file of rows is the text. */
final class Column {

  private static final String USUAL = "text";

  private Column() {}

  /**
   * {@code wanted}, or where that is null the column {@code text}, or the only one of strings.
   *
   * @param columns whether each column holds strings, in the order of the file
   * @throws IllegalArgumentException if there is no such column, with those that there are
   */
  static String of(String file, Map<String, Boolean> columns, String wanted) {
    List<String> strings = columns.keySet().stream().filter(columns::get).toList();
    String name = wanted == null ? USUAL : wanted;
    if (strings.contains(name)) {
      return name;
    }
    if (wanted == null && strings.size() == 1) {
      return strings.get(0);
    }
    throw new IllegalArgumentException(file + " has no column '" + name + "' of strings; its columns of strings are " + strings
        + (strings.size() < columns.size() ? ", its others " + columns.keySet().stream().filter(each -> !columns.get(each)).toList() : "")
        + (strings.isEmpty() ? "" : "; Corpus.load(name, \"" + strings.get(0) + "\") takes that one"));
  }
}
