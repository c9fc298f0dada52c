/**
 * Files of Hugging Face repositories, in the cache that Python's {@code huggingface_hub} uses
 * (<a href="https://huggingface.co/docs/hub/local-cache">its layout</a>). Begin with {@link secateur.hub.Hub}.
 */
package secateur.hub;
