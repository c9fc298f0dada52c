package secateur.lab;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table as lines of text, for terminals and for readers without HTML. */
record TableText(TableView view) {

  @Override
  public String toString() {
    List<String> names = view.headings().stream().map(Heading::name).toList();
    List<List<String>> head = cells(view.head());
    List<List<String>> tail = cells(view.tail());
    int[] widths = IntStream.range(0, names.size()).map(column -> Stream.concat(Stream.of(names), Stream.concat(head.stream(), tail.stream()))
        .mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
    String rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining("  "));
    Stream<String> begin = Stream.concat(Stream.of(line(names, widths), rule), lines(head, widths));
    Stream<String> end = view.isCut() ? Stream.concat(Stream.of(view.cut()), lines(tail, widths)) : Stream.empty();
    String foot = Stream.of(view.shape(), view.title()).filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    return (Stream.concat(begin, end).collect(Collectors.joining("\n")) + "\n\n" + foot).strip();
  }

  private List<List<String>> cells(IntStream rows) {
    return rows.mapToObj(row -> view.formats().stream().map(format -> format.cell(row)).toList()).toList();
  }

  private Stream<String> lines(List<List<String>> rows, int[] widths) {
    return rows.stream().map(row -> line(row, widths));
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size()).mapToObj(i -> {
      String pad = " ".repeat(widths[i] - row.get(i).length());
      return view.formats().get(i).isNumber() ? pad + row.get(i) : row.get(i) + pad;
    }).collect(Collectors.joining("  ")).stripTrailing();
  }
}
