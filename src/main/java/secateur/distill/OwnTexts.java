package secateur.distill;

import ai.djl.ndarray.NDArray;
import java.util.stream.Stream;
import secateur.model.Llm;
import secateur.train.Loss;

/**
 * MiniLLM's loss: the policy gradient on texts that the student drew, and, beside it, half next-token cross-entropy and half
 * forward KL on as many windows of a text (Gu et al., arXiv 2306.08543, algorithm 1).
 *
 * @param rollouts the student's texts
 * @param teacher of both
 * @param objective on the student's texts
 * @param text on the windows
 */
record OwnTexts(Rollouts rollouts, OpenTeacher teacher, PolicyGradient objective, KdLoss text, Writing writing) implements Loss<PromptBatch> {

  @Override
  public NDArray input(Llm model, PromptBatch batch) {
    rollouts.begin(batch.index(), model);
    long[][] own = rollouts.of(batch.index()).ids();
    return Batches.input(model, Stream.of(own, batch.ids()).flatMap(Stream::of).toArray(long[][]::new));
  }

  @Override
  public NDArray of(NDArray logits, Llm model, PromptBatch batch) {
    PolicyGradient.Rollout own = rollouts.of(batch.index());
    String answers = ":, " + (writing.prompt() - 1) + ":";
    NDArray labels = teacher.labels(own.ids(), logits).get(answers);
    NDArray tokens = model.ids(own.ids()).get(":, " + writing.prompt() + ":");
    NDArray policy = objective.loss(logits.get(":" + own.ids().length).get(answers), labels, tokens, own);
    return policy.add(text.of(logits.get(own.ids().length + ":"), model, Batches.from(batch.ids(), 1, -1)));
  }
}
