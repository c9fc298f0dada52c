/**
 * Text as models see it: tokenizers, corpora, windows of token ids. Begin with {@link secateur.text.Corpus#load}; the
 * bundled corpora are Java sources of the libraries in {@code datasets/java-sources.json}.
 */
package secateur.text;
