package secateur.text;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a conversation is written for a model that was taught on such: words between the turns, as data. Nothing that a model's
 * files bring along is run. The token that begins a text comes from the tokenizer, the one that ends it from the training.
 *
 * @param name of the model or data that it is known from
 * @param system what is said before all turns; may be empty
 * @param before what stands before it
 * @param after what stands between it and the user's first words
 * @param user what stands before the user's words of the other turns, and of the first where nothing is said before it
 * @param reply what stands between the user's words and the reply
 * @param end what stands between a reply and the next turn
 */
public record Prompts(String name, String system, String before, String after, String user, String reply, String end)
    implements UnaryOperator<Example> {

  /** The words alone. */
  public static final Prompts PLAIN = new Prompts("plain", "", "", "", "", "", "\n");

  /** LLaMA-2 chat (Touvron et al., arXiv 2307.09288), with nothing said beforehand. */
  public static final Prompts LLAMA2 =
      new Prompts("LLaMA-2 chat", "", "[INST] <<SYS>>\n", "\n<</SYS>>\n\n", "[INST] ", " [/INST]", " </s><s>");

  /** Vicuna 1.1 (Chiang et al., 2023). */
  public static final Prompts VICUNA = new Prompts("Vicuna", "A chat between a curious user and an artificial intelligence assistant."
      + " The assistant gives helpful, detailed, and polite answers to the user's questions.", "", " USER: ", "USER: ", " ASSISTANT:", "</s>");

  /** Alpaca (Taori et al., 2023), for instructions without an input. */
  public static final Prompts ALPACA = new Prompts("Alpaca", "Below is an instruction that describes a task."
      + " Write a response that appropriately completes the request.", "", "\n\n### Instruction:\n", "### Instruction:\n", "\n\n### Response:\n", "\n\n");

  /** All of them. */
  public static List<Prompts> all() {
    return List.of(PLAIN, LLAMA2, VICUNA, ALPACA);
  }

  /** With other words before all turns. */
  public Prompts system(String other) {
    return new Prompts(name, other, before, after, user, reply, end);
  }

  /** What stands before the reply to {@code words}. */
  public String prompt(String words) {
    return first() + words + reply;
  }

  /** What stands before the next reply to {@code words}, after {@code turns} with their responses. */
  public String prompt(List<Example> turns, String words) {
    StringBuilder text = new StringBuilder();
    for (Example turn : turns) {
      text.append(text.isEmpty() ? first() : user).append(turn.prompt()).append(reply).append(gap()).append(turn.response()).append(end);
    }
    return text.append(text.isEmpty() ? first() : user).append(words).append(reply).toString();
  }

  /** {@code example} with its prompt so written; a blank between the two belongs to the response. */
  @Override
  public Example apply(Example example) {
    return example.worded(prompt(example.prompt()), gap() + example.response());
  }

  private String gap() {
    return reply.isEmpty() || reply.endsWith("\n") ? "" : " ";
  }

  private String first() {
    return system.isEmpty() ? user : before + system + after;
  }

  @Override
  public String toString() {
    return name;
  }
}
