package secateur.distill;

import java.util.function.Supplier;
import secateur.train.Data;
import secateur.train.Masked;

/** Data that are made when a batch is first asked for; {@code tokens} of a batch are an estimate. */
final class Later implements Data<Masked> {

  private final long tokens;
  private final Supplier<Data<Masked>> making;
  private Data<Masked> made;

  Later(long tokens, Supplier<Data<Masked>> making) {
    this.tokens = tokens;
    this.making = making;
  }

  @Override
  public synchronized Masked batch(long index) {
    if (made == null) {
      made = making.get();
    }
    return made.batch(index);
  }

  @Override
  public long tokens() {
    return tokens;
  }
}
