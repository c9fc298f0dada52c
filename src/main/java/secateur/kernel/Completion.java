package secateur.kernel;

import java.util.List;

/**
 * What may stand in the place of the end of a text.
 *
 * @param names each in the place of everything from {@code start}
 * @param start an index of the text
 */
record Completion(List<String> names, int start) {

  static final Completion NONE = new Completion(List.of(), 0);

  /** The same in a text that has {@code characters} more in front, or fewer if negative. */
  Completion moved(int characters) {
    return new Completion(names, start + characters);
  }
}
