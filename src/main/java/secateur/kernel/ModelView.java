package secateur.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import secateur.lab.Html;
import secateur.lab.TableView;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Scope;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How models and their layers are shown. */
final class ModelView {

  private static final double MIB = 1 << 20;

  private ModelView() {}

  /** What it is, and how the layers of each role are stored. */
  static String html(Llm model) {
    return "<div class=\"secateur-model\"><div>" + Html.escape(model.toString()) + "</div>"
        + TableView.of(layers(model)).html() + "</div>";
  }

  static String text(Llm model) {
    return model + "\n" + TableView.of(layers(model)).text();
  }

  private static Table layers(Llm model) {
    Map<List<String>, List<Linear>> alike = model.layers().entrySet().stream().collect(Collectors.groupingBy(
        entry -> List.of(role(entry.getKey()), entry.getValue().toString()), LinkedHashMap::new,
        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    StringColumn role = StringColumn.create("layer");
    StringColumn stored = StringColumn.create("stored as");
    LongColumn count = LongColumn.create("blocks");
    DoubleColumn memory = DoubleColumn.create("memory MiB");
    alike.forEach((key, layers) -> {
      role.append(key.get(0));
      stored.append(key.get(1));
      count.append(layers.size());
      memory.append(layers.stream().mapToLong(Linear::bytes).sum() / MIB);
    });
    return Table.create("", role, stored, count, memory);
  }

  /** {@code q} of {@code 0.q}. */
  private static String role(String layer) {
    return layer.substring(layer.lastIndexOf('.') + 1);
  }

  @SuppressWarnings("try")
  static String html(Linear layer) {
    try (Scope scope = new Scope()) {
      return "<div class=\"secateur-layer\"><div>" + Html.escape(title(layer)) + "</div>"
          + ArrayView.of(layer.weight()).html() + "</div>";
    }
  }

  @SuppressWarnings("try")
  static String text(Linear layer) {
    try (Scope scope = new Scope()) {
      return title(layer) + "\n" + ArrayView.of(layer.weight()).text();
    }
  }

  private static String title(Linear layer) {
    return layer + ", " + layer.bytes() + " bytes" + (layer.bias() == null ? "" : ", with bias");
  }
}
