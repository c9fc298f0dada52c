package secateur.export;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import secateur.text.Windows;

/**
 * What was written.
 *
 * @param path the file or directory
 * @param format what it is, for example {@code "GGUF Q4_K_M"}
 * @param tensors all tensors in the order of the file
 * @param clients the programs that can open it
 * @param notes what was lost or is not to be expected, a sentence each
 */
public record Written(Path path, String format, List<Tensor> tensors, List<String> clients, List<String> notes) {

  /**
   * One tensor.
   *
   * @param name in the file
   * @param type in the file
   * @param weights how many
   * @param bytes of the weights with their scales
   * @param error what rounding has cost, |W - W'|^2 / |W|^2
   */
  public record Tensor(String name, String type, long weights, long bytes, double error) {

    /** One that is written as it is. */
    public Tensor(String name, String type, long weights, long bytes) {
      this(name, type, weights, bytes, 0);
    }
  }

  /** Copies its lists. */
  public Written {
    tensors = List.copyOf(tensors);
    clients = List.copyOf(clients);
    notes = List.copyOf(notes);
  }

  /** Bytes of all tensors. */
  public long bytes() {
    return tensors.stream().mapToLong(Tensor::bytes).sum();
  }

  /** Bits of a weight, over all tensors. */
  public double bitsPerWeight() {
    return 8.0 * bytes() / tensors.stream().mapToLong(Tensor::weights).sum();
  }

  /** How many tensors have each type, by bytes. */
  public String types() {
    Map<String, List<Tensor>> types = tensors.stream().collect(Collectors.groupingBy(Tensor::type));
    return types.entrySet().stream().sorted(Comparator.comparing(type -> -type.getValue().stream().mapToLong(Tensor::bytes).sum()))
        .map(type -> type.getKey() + " " + type.getValue().size()).collect(Collectors.joining(", "));
  }

  /** Reads the model back and measures it on {@code text}: in full, and as llama.cpp rounds it on a CPU. */
  public FilePerplexity perplexity(Windows text) {
    return FilePerplexity.of(path, text);
  }

  /** Some lines for the reader. */
  @Override
  public String toString() {
    String head = String.format(Locale.ROOT, "%s: %s, %.2f MiB, %.2f bits a weight%ntensors: %s%n", path, format, bytes() / (double) (1 << 20), bitsPerWeight(), types());
    String open = clients.isEmpty() ? "" : "opens in: " + String.join(", ", clients) + System.lineSeparator();
    return head + open + notes.stream().map(note -> "note: " + note + System.lineSeparator()).collect(Collectors.joining());
  }
}
