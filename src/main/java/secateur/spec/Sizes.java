package secateur.spec;

/**
 * The extents of a model.
 *
 * @param hidden width of the residual stream
 * @param embedding width of the token embedding (differs from hidden in OPT-350m alone)
 * @param layers number of blocks
 * @param vocabulary number of tokens
 * @param context longest sequence that it was trained for
 */
public record Sizes(int hidden, int embedding, int layers, int vocabulary, int context) {}
