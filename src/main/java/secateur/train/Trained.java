package secateur.train;

import secateur.model.Llm;

/**
 * What came out of training.
 *
 * @param model with the weights of the last step; the caller closes it
 * @param curve of the whole training, also where it was resumed
 */
public record Trained(Llm model, Curve curve) {}
