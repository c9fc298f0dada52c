package secateur.text;

import java.util.OptionalInt;

/** Where {@link Windows} get their ids from. */
interface WindowSource {
  String name();

  int length();

  OptionalInt count();

  String protocol();

  /** One row per window; not to be written to. */
  long[][] ids(Tokenizer tokenizer);
}
