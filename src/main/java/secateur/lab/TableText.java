package secateur.lab;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table as lines of text, for terminals and for readers without HTML. */
record TableText(TableView view) {

  @Override
  public String toString() {
    List<List<String>> head = view.head();
    List<List<String>> tail = view.tail();
    int[] widths = IntStream.range(0, view.names().size())
        .map(column -> width(column, Stream.concat(head.stream(), tail.stream()))).toArray();
    String rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  "));
    Stream<String> begin = Stream.concat(Stream.of(line(view.names(), widths), rule), lines(head, widths));
    Stream<String> end = view.isCut() ? Stream.concat(Stream.of(view.cut()), lines(tail, widths)) : Stream.empty();
    return (Stream.concat(begin, end).collect(Collectors.joining("\n")) + "\n\n" + view.title()).strip();
  }

  private int width(int column, Stream<List<String>> rows) {
    return Math.max(view.names().get(column).length(), rows.mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private Stream<String> lines(List<List<String>> rows, int[] widths) {
    return rows.stream().map(row -> line(row, widths));
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size()).mapToObj(i -> {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      return view.isRight(i) ? pad + row.get(i) : row.get(i) + pad;
    }).collect(Collectors.joining("  ")).stripTrailing();
  }
}
