package secateur.train;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import secateur.Golden;
import secateur.file.SafetensorsWriter;
import secateur.model.Llm;

/** A training in a process of its own: checkpoint after every step, the adapter at the end, unless it is endless: then it waits in its last step. */
final class LoraProcess {

  static final int STEPS = 60;

  private LoraProcess() {}

  public static void main(String[] arguments) {
    train(Path.of(arguments[0]), Path.of(arguments[1]), arguments.length > 2);
  }

  static void train(Path checkpoint, Path result, boolean endless) {
    Recipe recipe = new Recipe(Schedule.cosine(STEPS, 1e-2), AdamW.USUAL, 2, Activations.RECOMPUTED);
    WindowBatches data = new WindowBatches(Golden.ids("llama"), 1, 3);
    Upkeep<long[][]> upkeep = Upkeep.<long[][]>none().checkpoint(checkpoint, 1).listener(new Listener() {
      @Override
      public void step(Curve.Point point, double tokensPerSecond) {
        while (endless && point.tokens() == STEPS * recipe.accumulate() * data.tokens()) {
          LockSupport.park();
        }
      }
    });
    Trainer<long[][]> trainer = new Trainer<>(recipe, new NextToken(), data, upkeep);
    try (Llm model = Golden.model("llama"); Llm made = trainer.train(model, new Lora(4).dropout(0.3)).model()) {
      Map<String, NDArray> arrays = new TreeMap<>(new AdapterArrays(made).all());
      SafetensorsWriter.write(result, arrays);
    }
  }
}
