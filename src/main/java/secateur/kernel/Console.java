package secateur.kernel;

/** Shows values where no kernel runs, in JShell and in scripts: their texts, one after another. */
final class Console implements Screen {

  @Override
  public void display(String id, Object value) {
    System.out.println(Views.of(value).text());
  }

  @Override
  public void update(String id, Object value) {
    display(id, value);
  }

  /** Printed text cannot be taken back. */
  @Override
  public void clear() {}

  @Override
  public void page(Object value) {
    display("", value);
  }
}
