package secateur.distill;

import ai.djl.ndarray.NDArray;
import secateur.model.Llm;
import secateur.tensor.Divergences;
import secateur.tensor.Gradients;
import secateur.tensor.Nn;
import secateur.train.InnerLoss;
import secateur.train.Masked;

/**
 * A loss of logits, and what {@link HiddenKd} adds to it.
 *
 * @param teacher of the rest
 * @param logits of the logits
 * @param hidden weight of the residual streams' errors
 * @param attention weight of the scores' errors
 */
record InsideLoss(Llm teacher, KdLoss logits, double hidden, double attention, Projections projections) implements InnerLoss<Masked> {

  @Override
  public NDArray input(Llm model, Masked batch) {
    return Batches.input(model, batch.ids());
  }

  @Override
  public NDArray of(Llm model, NDArray ids, Masked batch) {
    boolean scores = attention > 0 && HiddenKd.sameHeads(teacher, model);
    Inside[] theirs = new Inside[1];
    Gradients.none(() -> theirs[0] = Inside.of(teacher, Batches.input(teacher, batch.ids()), scores).on(model.device()));
    Inside own = Inside.of(model, ids, scores);
    NDArray loss = logits.of(own.logits(), model, batch).add(Nn.scaled(streams(own, theirs[0], batch), hidden));
    return scores ? loss.add(Nn.scaled(scores(own, theirs[0]), attention)) : loss;
  }

  /** The mean over the embeddings and all blocks of the student. */
  private NDArray streams(Inside own, Inside theirs, Masked batch) {
    int blocks = own.streams().size() - 1;
    NDArray weights = Batches.weights(batch);
    NDArray sum = null;
    for (int m = 0; m <= blocks; m++) {
      NDArray label = theirs.streams().get(HiddenKd.taughtBy(m, blocks, theirs.streams().size() - 1));
      NDArray error = Divergences.mean(Divergences.relativeError(projections.of(own.streams().get(m), m), label), weights);
      sum = sum == null ? error : sum.add(error);
    }
    return Nn.scaled(sum, 1.0 / (blocks + 1));
  }

  private NDArray scores(Inside own, Inside theirs) {
    int blocks = own.scores().size();
    NDArray sum = null;
    for (int m = 1; m <= blocks; m++) {
      NDArray label = theirs.scores().get(HiddenKd.taughtBy(m, blocks, theirs.scores().size()) - 1);
      NDArray error = Divergences.scoreError(own.scores().get(m - 1), label);
      sum = sum == null ? error : sum.add(error);
    }
    return Nn.scaled(sum, 1.0 / blocks);
  }
}
