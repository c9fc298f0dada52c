package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.stream.LongStream;
import secateur.model.Llm;
import secateur.text.Tokenizer;

/** Whether what a teacher says of tokens can be told to a student. */
final class Vocabularies {

  private Vocabularies() {}

  /** Refuses tokenizers that differ, and sizes that differ by more than the teacher's padding. */
  static void check(Llm teacher, Llm student) {
    Tokenizer theirs = teacher.tokenizerOrNull();
    Tokenizer own = student.tokenizerOrNull();
    if (theirs != null && own != null && !same(theirs, own)) {
      throw new IllegalArgumentException(teacher.name() + " reads with tokenizer " + theirs.hash() + " of " + theirs.size() + " tokens, "
          + student.name() + " with " + own.hash() + " of " + own.size() + "; a student learns logits only from a teacher with its own tokenizer");
    }
    long many = teacher.head().rows();
    long few = student.head().rows();
    boolean padding = theirs != null && own != null && many > few && few >= own.size();
    if (many != few && !padding) {
      throw new IllegalArgumentException("the teacher " + teacher.name() + " has logits of " + many + " tokens, the student "
          + student.name() + " of " + few + "; they must be as many, or the teacher's the more in nothing but padding behind the tokenizer's");
    }
  }

  /** Equal files, or equal pieces at all ids. */
  private static boolean same(Tokenizer a, Tokenizer b) {
    return a.hash().equals(b.hash()) || a.size() == b.size() && LongStream.range(0, a.size()).allMatch(id -> piece(a, id).equals(piece(b, id)));
  }

  private static String piece(Tokenizer tokenizer, long id) {
    try {
      return tokenizer.token(id);
    } catch (IllegalArgumentException e) {
      return ""; // an id that the vocabulary leaves out
    }
  }

  /** {@code logits} (…, V) of the first {@code size} tokens. */
  static NDArray cut(NDArray logits, long size) {
    long all = logits.getShape().get(logits.getShape().dimension() - 1);
    return all == size ? logits : logits.get("..., :" + size);
  }
}
