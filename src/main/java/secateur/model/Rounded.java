package secateur.model;

/** A layer whose weights are codes: whatever replaces them is rounded. */
public sealed interface Rounded extends Linear permits Quantized, Codebook {}
