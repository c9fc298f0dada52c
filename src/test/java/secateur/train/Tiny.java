package secateur.train;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import secateur.text.TokenFile;

/** A model and a text small enough to train in a test. */
final class Tiny {

  private Tiny() {}

  static JsonObject config() {
    return JsonParser.parseString("""
        {"model_type": "llama", "hidden_size": 32, "intermediate_size": 48, "num_hidden_layers": 2,
         "num_attention_heads": 2, "vocab_size": 40, "max_position_embeddings": 32, "rms_norm_eps": 1e-5,
         "hidden_act": "silu", "rope_theta": 10000, "tie_word_embeddings": true}
        """).getAsJsonObject();
  }

  /** Each id follows from the one before, but for one in ten. */
  static TokenFile text(Path folder) throws IOException {
    Random random = new Random(5);
    ByteBuffer ids = ByteBuffer.allocate(2 * 4000).order(ByteOrder.LITTLE_ENDIAN);
    int id = 0;
    while (ids.hasRemaining()) {
      id = random.nextInt(10) == 0 ? random.nextInt(40) : (id * 7 + 3) % 40;
      ids.putShort((short) id);
    }
    return TokenFile.open(Files.write(folder.resolve("ids.u16"), ids.array()));
  }

  static TokenWindows windows(Path folder) throws IOException {
    return new TokenWindows(text(folder), 8, 16, 1);
  }
}
