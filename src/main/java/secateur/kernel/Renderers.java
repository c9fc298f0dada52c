package secateur.kernel;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** How values are shown in a notebook. Everything has a text beside its rich form. */
final class Renderers {

    private static final String HTML = "text/html";
    private static final String PNG = "image/png";

    private Renderers() {}

    /** The one place where a type gets its look. */
    static void register(Renderer renderer) {
        html(renderer, Table.class, table -> TableView.of(table).html(), table -> TableView.of(table).text());
        html(renderer, NDArray.class, array -> ArrayView.of(array).html(), array -> ArrayView.of(array).text());
        picture(renderer, Chart.class, Picture::of);
        picture(renderer, BufferedImage.class, Picture::of);
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
}
