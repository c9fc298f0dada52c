package secateur.kernel;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.lang.reflect.Array;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.knowm.xchart.internal.chartpart.Chart;
import secateur.lab.Comparison;
import secateur.lab.Lab;
import secateur.lab.TableView;
import secateur.model.Linear;
import secateur.model.Llm;
import tech.tablesaw.api.Table;

/** How values are shown in a notebook. Everything has a text beside its rich form. */
final class Renderers {

  private static final String HTML = "text/html";
  private static final String PNG = "image/png";

  private static final List<Class<?>> ARRAYS = List.of(boolean[].class, byte[].class, short[].class,
      char[].class, int[].class, long[].class, float[].class, double[].class, String[].class);
  private static final int ELEMENTS = 50;

  private Renderers() {}

  /** The one place where a type gets its look. */
  static void register(Renderer renderer) {
    table(renderer, Table.class, table -> table);
    html(renderer, NDArray.class, array -> ArrayView.of(array).html(), array -> ArrayView.of(array).text());
    html(renderer, Llm.class, ModelView::html, ModelView::text);
    html(renderer, Linear.class, ModelView::html, ModelView::text);
    table(renderer, Lab.class, Lab::table);
    table(renderer, Comparison.class, Comparison::table);
    picture(renderer, Chart.class, Picture::of);
    picture(renderer, BufferedImage.class, Picture::of);
    ARRAYS.forEach(type -> text(renderer, type, Renderers::elements));
  }

  /** Shows a type as a table that it makes of itself. */
  static <T> void table(Renderer renderer, Class<T> type, Function<T, Table> table) {
    renderer.createRegistration(type).preferring(HTML).register((value, context) -> {
      TableView view = TableView.of(table.apply(value));
      context.getOutputContainer().putHTML(view.html());
      context.getOutputContainer().putText(view.text());
    });
  }

  /** Shows a type as HTML, with a text beside it. */
  static <T> void html(Renderer renderer, Class<T> type, Function<T, String> html, Function<T, String> text) {
    renderer.createRegistration(type).preferring(HTML).register((value, context) -> {
      DisplayData out = context.getOutputContainer();
      out.putHTML(html.apply(value));
      out.putText(text.apply(value));
    });
  }

  private static <T> void picture(Renderer renderer, Class<T> type, Function<T, Picture> picture) {
    renderer.createRegistration(type).preferring(PNG).register((value, context) ->
        picture.apply(value).putInto(context.getOutputContainer()));
  }

  private static <T> void text(Renderer renderer, Class<T> type, Function<Object, String> text) {
    renderer.createRegistration(type).preferring("text/plain").register((value, context) ->
        context.getOutputContainer().putText(text.apply(value)));
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
