package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.text.Tokenizer;

/** Whether what a teacher says of tokens can be told to a student. */
final class Vocabularies {

  private Vocabularies() {}

  /** Refuses tokenizers that differ, and sizes that differ by more than the teacher's padding. */
  static void check(Llm teacher, Llm student) {
    Tokenizer theirs = teacher.tokenizerOrNull();
    Tokenizer own = student.tokenizerOrNull();
    if (theirs != null && own != null && !theirs.alike(own)) {
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

  /** {@code logits} (…, V) of the first {@code size} tokens. */
  static NDArray cut(NDArray logits, long size) {
    long all = logits.getShape().get(logits.getShape().dimension() - 1);
    return all == size ? logits : logits.get("..., :" + size);
  }
}
