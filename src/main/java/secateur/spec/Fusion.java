package secateur.spec;

/** How a fused query-key-value projection orders its rows. */
public enum Fusion {
  /** Three matrices. */
  NONE,
  /** All of q, then all of k, then all of v (GPT-2). */
  CONCATENATED,
  /** For each key-value head: its queries, its key, its value (BLOOM, NeoX, Falcon). */
  GROUPED
}
