package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import org.junit.jupiter.api.Test;

class OutputTest {

  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final CellOutput output = new CellOutput();

  @Test
  void manyLinesBecomeFewMessagesAndNoneIsLost() {
    output.attach((type, text) -> sent.add(text));
    for (int i = 0; i < 50_000; i++) {
      output.out().println("line " + i);
    }
    output.flush();
    assertThat(String.join("", sent).lines()).hasSize(50_000).startsWith("line 0").endsWith("line 49999");
    assertThat(sent).hasSizeLessThan(1000);
  }

  @Test
  void whatIsPrintedBetweenCellsGoesToTheCellThatRanLast() {
    output.attach((type, text) -> sent.add("1 " + type + " " + text));
    output.out().print("a");
    output.attach((type, text) -> sent.add("2 " + type + " " + text));
    output.err().print("b");
    output.flush();
    assertThat(sent).containsExactly("1 OUT a", "2 ERR b");
  }

  @Test
  void aCharacterIsNeverCut() {
    output.attach((type, text) -> sent.add(text));
    byte[] bytes = "é€😀".getBytes(StandardCharsets.UTF_8);
    for (byte b : bytes) {
      output.out().write(b);
      output.flush();
    }
    assertThat(sent).containsExactly("é", "€", "😀");
  }

  @Test
  void nothingIsLostBeforeTheFirstCell() {
    output.out().print("early");
    output.flush();
    output.attach((type, text) -> sent.add(type == StreamType.OUT ? text : "?"));
    output.flush();
    assertThat(sent).containsExactly("early");
  }

  @Test
  void brokenBytesDoNotWaitForEver() {
    assertThat(Utf8.whole(new byte[] {'a', (byte) 0xC3})).isEqualTo(1);
    assertThat(Utf8.whole(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80})).isEqualTo(4);
    assertThat(Utf8.whole(new byte[0])).isZero();
  }

  @Test
  void cursorsCountCodePoints() {
    assertThat(Utf8.index("😀a", 1)).isEqualTo(2);
    assertThat(Utf8.codePoints("😀a", 2)).isEqualTo(1);
    assertThat(Utf8.index("ab", 99)).isEqualTo(2);
  }
}
