package secateur.course;

/** What an answer lacks, in one sentence that does not give the solution away. */
public final class NotYet extends AssertionError {

  private static final long serialVersionUID = 1L;

  NotYet(String sentence) {
    super(sentence);
  }
}
