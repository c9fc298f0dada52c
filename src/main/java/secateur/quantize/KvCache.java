package secateur.quantize;

import secateur.method.Cost;
import secateur.method.Method;
import secateur.model.Llm;
import secateur.spec.CacheForm;
import secateur.text.Windows;

/**
 * Keys and values of the cache as codes, for each token and head between their smallest and largest (as the values of KIVI,
 * Liu et al., arXiv 2402.02750): x ≈ code · scale + low, scale and low in float16. Every forward pass sees them rounded, so that
 * perplexity measures it. Weights stay as they are.
 *
 * @param bits 4 or 8
 */
public record KvCache(int bits) implements Method {

  /** Refuses other numbers of bits. */
  public KvCache {
    new CacheForm.Rounded(bits);
  }

  @Override
  public void check(Llm model) {
    int size = model.spec().heads().size();
    if (size % 2 != 0) {
      throw new IllegalArgumentException("heads of " + model.name() + " have a size of " + size + "; codes of a cache need an even one");
    }
  }

  @Override
  public Cost cost(Llm model, Windows text) {
    return new Cost(0, 0);
  }

  @Override
  public Llm apply(Llm model, Windows text) {
    check(model);
    return model.with(new CacheForm.Rounded(bits));
  }

  @Override
  public String toString() {
    return "KV cache " + bits + "-bit";
  }
}
