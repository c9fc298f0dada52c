package secateur.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TextTableTest {

  private final Table table = Table.create("protocol", StringColumn.create("method", "dense", "Wanda 50%"),
      DoubleColumn.create("perplexity", 8.5, 10.125), DoubleColumn.create("memory MiB", 1, Double.NaN),
      DoubleColumn.create("disk MiB", 30, 15));

  @Test
  void alignsNumbersAtTheirPoint() {
    assertThat(TextTable.of(table, 80)).isEqualTo("""
        method     perplexity  memory MiB  disk MiB
        dense           8.500           1        30
        Wanda 50%      10.125                    15
        """);
    assertThat(TextTable.leftOut(table, 80)).isEmpty();
  }

  @Test
  void leavesOutWhatMattersLeast() {
    assertThat(TextTable.of(table, 32).lines().findFirst()).hasValue("method     perplexity  disk MiB");
    assertThat(TextTable.leftOut(table, 32)).containsExactly("memory MiB");
    assertThat(TextTable.of(table, 31).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(31));
  }
}
