package secateur.distill;

/**
 * Windows of a text, of which a student's own texts may begin as they do.
 *
 * @param index of the batch, from 0
 * @param ids (B, P + N)
 */
record PromptBatch(long index, long[][] ids) {}
