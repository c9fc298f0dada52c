package secateur.grade;

/** A child that has ended, or had to be ended, before it answered. */
final class Stopped extends Exception {

  private static final long serialVersionUID = 1L;

  Stopped(String reason) {
    super(reason);
  }
}
