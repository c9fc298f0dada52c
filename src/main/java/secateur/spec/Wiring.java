package secateur.spec;

/** Where a block normalizes and adds its residuals. */
public enum Wiring {
  /** x + attention(norm1(x)), then x + mlp(norm2(x)). */
  PRE,
  /** norm1(x + attention(x)), then norm2(x + mlp(x)). */
  POST,
  /** x + attention(norm1(x)) + mlp(norm2(x)); one norm serves both where there is no second. */
  PARALLEL
}
