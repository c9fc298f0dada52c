package secateur.text;

import java.util.List;

/** Whom questions are about. */
final class Names {

  static final List<String> ALL = List.of("Ann", "Ben", "Carl", "Dora", "Emil", "Fred", "Greg", "Hugo", "Ida", "Jack", "Kurt", "Lars",
      "Mia", "Nick", "Olga", "Paul", "Ruth", "Sam", "Tom", "Zoe");

  private Names() {}
}
