package secateur.engines;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import secateur.gguf.GgmlType;
import secateur.gguf.GgufWriter;
import secateur.gguf.GgufWriter.Content;
import secateur.gguf.Metadata;

/** A llama with random F32 weights around a vocabulary: 4 heads on 2 of keys and values, 64 wide. */
public final class TinyLlama {
  private static final int WIDTH = 64;
  private static final int INNER = 128;
  private static final int HEADS = 4;
  private static final int KEY_HEADS = 2;

  private final Random random;
  private final List<Content> tensors = new ArrayList<>();

  private TinyLlama(long seed) {
    random = new Random(seed);
  }

  /** The keys of the architecture, to which those of the tokenizer are added. */
  public static Metadata.Builder metadata(int layers) {
    return Metadata.builder().text("general.architecture", "llama").text("general.name", "tiny").u32("general.file_type", 0)
        .u32("llama.context_length", 512).u32("llama.embedding_length", WIDTH).u32("llama.block_count", layers)
        .u32("llama.feed_forward_length", INNER).u32("llama.attention.head_count", HEADS)
        .u32("llama.attention.head_count_kv", KEY_HEADS).f32("llama.attention.layer_norm_rms_epsilon", 1e-5f)
        .u32("llama.rope.dimension_count", WIDTH / HEADS).f32("llama.rope.freq_base", 10000);
  }

  /** Writes it with {@code rows} rows of embeddings. */
  public static void write(Path file, Metadata metadata, int rows, long seed) {
    var llama = new TinyLlama(seed);
    llama.matrix("token_embd", rows, WIDTH);
    for (long i = 0; i < metadata.whole("llama.block_count"); i++) {
      llama.layer("blk." + i + ".");
    }
    llama.ones("output_norm");
    llama.matrix("output", rows, WIDTH);
    GgufWriter.write(file, metadata, llama.tensors);
  }

  private void layer(String prefix) {
    ones(prefix + "attn_norm");
    matrix(prefix + "attn_q", WIDTH, WIDTH);
    matrix(prefix + "attn_k", WIDTH / HEADS * KEY_HEADS, WIDTH);
    matrix(prefix + "attn_v", WIDTH / HEADS * KEY_HEADS, WIDTH);
    matrix(prefix + "attn_output", WIDTH, WIDTH);
    ones(prefix + "ffn_norm");
    matrix(prefix + "ffn_gate", INNER, WIDTH);
    matrix(prefix + "ffn_up", INNER, WIDTH);
    matrix(prefix + "ffn_down", WIDTH, INNER);
  }

  private void matrix(String name, int out, int in) {
    var bytes = ByteBuffer.allocate(4 * out * in).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat((float) (random.nextGaussian() / Math.sqrt(in)));
    }
    add(name, bytes, out, in);
  }

  private void ones(String name) {
    var bytes = ByteBuffer.allocate(4 * WIDTH).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(1);
    }
    add(name, bytes, WIDTH);
  }

  private void add(String name, ByteBuffer bytes, long... shape) {
    tensors.add(new Content(name + ".weight", GgmlType.F32, shape, bytes.flip()::duplicate));
  }
}
