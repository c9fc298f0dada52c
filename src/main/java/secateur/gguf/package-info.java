/**
 * GGUF, the file format of llama.cpp (version 3), and the block types that its tensors are stored in. Knows no model.
 */
package secateur.gguf;
