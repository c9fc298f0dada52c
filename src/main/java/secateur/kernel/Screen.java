package secateur.kernel;

/** Where values are shown: the cells of a notebook, or a terminal. */
public interface Screen {

  /** Shows {@code value} and remembers its place as {@code id}. */
  void display(String id, Object value);

  /** Puts {@code value} in the place of what is shown as {@code id}. */
  void update(String id, Object value);

  /** Removes what the running cell has shown so far. */
  void clear();

  /** Shows {@code value} beside the notebook when the running cell is done. */
  void page(Object value);
}
