package secateur.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts as the papers and their code write them. */
class PromptsTest {

  private static final List<Example> TURNS = List.of(new Example("Hi", "Ho"));

  @Test
  void llama2() {
    assertThat(Prompts.LLAMA2.prompt("Why?")).isEqualTo("[INST] Why? [/INST]");
    assertThat(Prompts.LLAMA2.system("Be kind.").prompt("Why?")).isEqualTo("[INST] <<SYS>>\nBe kind.\n<</SYS>>\n\nWhy? [/INST]");
    assertThat(Prompts.LLAMA2.prompt(TURNS, "Why?")).isEqualTo("[INST] Hi [/INST] Ho </s><s>[INST] Why? [/INST]");
    assertThat(Prompts.LLAMA2.apply(TURNS.get(0))).isEqualTo(new Example("[INST] Hi [/INST]", " Ho"));
  }

  @Test
  void vicuna() {
    assertThat(Prompts.VICUNA.prompt("Why?")).startsWith("A chat between a curious user").endsWith("questions. USER: Why? ASSISTANT:");
    assertThat(Prompts.VICUNA.prompt(TURNS, "Why?")).endsWith(" USER: Hi ASSISTANT: Ho</s>USER: Why? ASSISTANT:");
  }

  @Test
  void alpaca() {
    assertThat(Prompts.ALPACA.apply(TURNS.get(0))).isEqualTo(new Example("Below is an instruction that describes a task. Write a response that"
        + " appropriately completes the request.\n\n### Instruction:\nHi\n\n### Response:\n", "Ho"));
  }

  @Test
  void plain() {
    assertThat(Prompts.PLAIN.apply(TURNS.get(0))).isEqualTo(TURNS.get(0));
    assertThat(Prompts.all()).hasSize(4).extracting(Prompts::toString).doesNotHaveDuplicates();
  }
}
