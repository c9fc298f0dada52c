package secateur;

import ai.djl.engine.Engine;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Every test draws the same numbers from the engine, whatever ran before it. */
public final class Seeded implements BeforeEachCallback {

  private static final int SEED = 1;

  @Override
  public void beforeEach(ExtensionContext context) {
    Engine.getInstance().setRandomSeed(SEED);
  }
}
