package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private final History history = new History();

  @BeforeEach
  void remember() {
    history.add(1, "int a", null);
    history.add(2, "a * 2", "6");
    history.add(3, "int a", null);
  }

  private String reply(HistoryRequest request) {
    return history.reply(request).get("history").toString();
  }

  @Test
  void theTailIsTheEnd() {
    assertThat(reply(new HistoryRequest.Tail(false, true, 2))).isEqualTo("[[1,2,\"a * 2\"],[1,3,\"int a\"]]");
    assertThat(reply(new HistoryRequest.Tail(true, true, 2))).isEqualTo("[[1,2,[\"a * 2\",\"6\"]],[1,3,[\"int a\",null]]]");
    assertThat(reply(new HistoryRequest.Tail(false, true, 9))).contains("[1,1,");
  }

  @Test
  void aRangeLeavesOutItsEnd() {
    assertThat(reply(new HistoryRequest.Range(false, true, 1, 1, 3))).isEqualTo("[[1,1,\"int a\"],[1,2,\"a * 2\"]]");
  }

  @Test
  void searchTakesGlobsLiterallyOtherwise() {
    assertThat(reply(new HistoryRequest.Search(false, true, 0, "int*", false))).isEqualTo("[[1,1,\"int a\"],[1,3,\"int a\"]]");
    assertThat(reply(new HistoryRequest.Search(false, true, 0, "int*", true))).isEqualTo("[[1,3,\"int a\"]]");
    assertThat(reply(new HistoryRequest.Search(false, true, 1, "*", false))).isEqualTo("[[1,3,\"int a\"]]");
    assertThat(reply(new HistoryRequest.Search(false, true, 0, "a . 2", false))).isEqualTo("[]");
  }
}
