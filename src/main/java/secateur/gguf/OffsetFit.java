package secateur.gguf;

/** Searches an offset a besides, x ≈ s l + a. */
interface OffsetFit extends Fit {

  /** a, once the scale was found. */
  float offset();
}
