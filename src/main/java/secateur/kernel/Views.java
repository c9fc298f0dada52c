package secateur.kernel;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.internal.chartpart.Chart;
import secateur.lab.Comparison;
import secateur.lab.Lab;
import secateur.lab.Scores;
import secateur.lab.Svg;
import secateur.lab.TableView;
import secateur.model.Linear;
import secateur.model.Llm;
import tech.tablesaw.api.Table;

/** What is shown of values of which type. */
final class Views {

  private static final int ELEMENTS = 50;

  /** How values of one type look. */
  private record Look<T>(Class<T> type, Function<? super T, View> view) {

    void showIn(Host host) {
      host.view(type, view);
    }

    View of(Object value) {
      return view.apply(type.cast(value));
    }
  }

  private static final List<Look<?>> RICH = List.of(
      new Look<>(View.class, view -> view),
      new Look<>(Table.class, Views::table),
      new Look<>(NDArray.class, array -> ArrayView.of(array).view()),
      new Look<>(Llm.class, ModelView::of),
      new Look<>(Linear.class, ModelView::of),
      new Look<>(Lab.class, lab -> table(lab.table())),
      new Look<>(Comparison.class, comparison -> table(comparison.table())),
      new Look<>(Scores.class, scores -> table(scores.table())),
      new Look<>(Chart.class, chart -> Picture.of(chart).view()),
      new Look<>(Verdict.class, Verdict::view),
      new Look<>(Svg.class, svg -> View.of(svg.toString()).svg(svg.text())),
      new Look<>(BufferedImage.class, image -> Picture.of(image).view()));

  private static final List<Class<?>> ARRAYS = List.of(boolean[].class, byte[].class, short[].class,
      char[].class, int[].class, long[].class, float[].class, double[].class, String[].class);

  private static final List<Look<?>> ALL = Stream.concat(RICH.stream(), ARRAYS.stream().map(Views::array)).toList();

  private Views() {}

  static void showIn(Host host) {
    ALL.forEach(look -> look.showIn(host));
  }

  /** What is shown of {@code value}: its text, if its type has no look of its own. */
  static View of(Object value) {
    return ALL.stream().filter(look -> look.type().isInstance(value)).findFirst()
        .map(look -> look.of(value)).orElseGet(() -> View.of(Objects.toString(value)));
  }

  private static View table(Table table) {
    TableView view = TableView.of(table);
    return View.of(view.text()).html(view.html());
  }

  private static <T> Look<T> array(Class<T> type) {
    return new Look<>(type, array -> View.of(elements(array)));
  }

  /** {@code float[3] {1.0, 2.0, 3.0}}, cut after fifty. */
  private static String elements(Object array) {
    int length = Array.getLength(array);
    String type = array.getClass().getComponentType().getSimpleName();
    String cut = length > ELEMENTS ? ", …}" : "}";
    return IntStream.range(0, Math.min(length, ELEMENTS)).mapToObj(i -> String.valueOf(Array.get(array, i)))
        .collect(Collectors.joining(", ", type + "[" + length + "] {", cut));
  }
}
