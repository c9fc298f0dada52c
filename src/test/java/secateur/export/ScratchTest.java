package secateur.export;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.Golden;
import secateur.engines.Client;
import secateur.engines.Engine;
import secateur.model.Llm;

class ScratchTest {
  @TempDir
  Path directory;

  @Test
  void all() {
    GgufTest.models().forEach(name -> {
      Path file = directory.resolve(name + ".gguf");
      try (Llm model = Golden.model(name)) {
        new Gguf(Preset.F32).save(model, file);
        int[] ids = {1, 7, 3, 9, 30, 11, 2, 25, 100, 101, 103, 7, 7, 200, 300, 319};
        float[][] ours = model.logits(java.util.Arrays.stream(ids).asLongStream().toArray());
        for (Client client : name.matches("bloom.*|gpt2") ? List.of(Client.JAVA_LLAMA_CPP, Client.GPT4ALL) : List.of(Client.GPT4ALL)) {
          try (Engine engine = client.open(file, 64)) {
            float[][] theirs = engine.logits(ids);
            double worst = 0;
            for (int t = 0; t < ids.length; t++) {
              for (int i = 0; i < ours[t].length; i++) {
                worst = Math.max(worst, Math.abs(ours[t][i] - theirs[t][i]));
              }
            }
            System.err.println("DIFF " + name + " " + client + " " + worst);
          } catch (RuntimeException e) {
            String s = e.getMessage();
            System.err.println("DIFF " + name + " " + client + " FAILED " + s.substring(0, Math.min(700, s.length())));
          }
        }
      }
    });
  }
}
