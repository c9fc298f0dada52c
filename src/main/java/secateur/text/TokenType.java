package secateur.text;

/** What a token is for, numbered as in {@code tokenizer.ggml.token_type}. */
enum TokenType {
  UNDEFINED, NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE;

  static TokenType of(int number) {
    if (number < 0 || number >= values().length) {
      throw new IllegalArgumentException("the token type " + number + " is not in 0 to " + (values().length - 1));
    }
    return values()[number];
  }
}
