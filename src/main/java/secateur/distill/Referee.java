package secateur.distill;

import secateur.measure.RougeL;
import secateur.text.Example;

/** Says how far a student's reply falls behind the teacher's. */
@FunctionalInterface
public interface Referee {

  /** 1 - ROUGE-L of the two. */
  Referee WORDS = (taught, reply) -> 1 - RougeL.of(taught.response(), reply);

  /** 0 where both come to the same answer, else 1. */
  Referee ANSWERS = (taught, reply) -> taught.answer().equals(Example.answer(reply)) ? 0 : 1;

  /**
   * From 0, as good, to 1.
   *
   * @param taught an instruction with the teacher's response
   * @param reply the student's
   */
  double behind(Example taught, String reply);
}
