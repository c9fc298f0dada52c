package secateur.measure;

import java.util.Locale;
import secateur.model.Llm;

/** What every figure says of the model that it is of. */
final class Protocol {

  private Protocol() {}

  /** Tokenizer and arithmetic. */
  static String of(Llm model) {
    return "tokenizer " + model.tokenizer().hash() + ", " + model.head().arrays().get(0).getDataType().name().toLowerCase(Locale.ROOT);
  }
}
