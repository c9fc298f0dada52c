package secateur.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import secateur.lab.Html;
import secateur.lab.MeasuredColumn;
import secateur.lab.TableView;
import secateur.model.Linear;
import secateur.model.Llm;
import secateur.tensor.Scope;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** How models and their layers are shown. */
final class ModelView {

  private static final double MIB = 1 << 20;

  private ModelView() {}

  /** What it is, and how the layers of each role are stored. */
  static View of(Llm model) {
    TableView layers = TableView.of(layers(model));
    return View.of(model + "\n" + layers.text()).html("<div class=\"secateur-model\"><div>"
        + Html.escape(model.toString()) + "</div>" + layers.html() + "</div>");
  }

  private static Table layers(Llm model) {
    Map<List<String>, List<Linear>> alike = model.layers().entrySet().stream().collect(Collectors.groupingBy(
        entry -> List.of(role(entry.getKey()), entry.getValue().toString()), LinkedHashMap::new,
        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    StringColumn role = StringColumn.create("layer");
    StringColumn stored = StringColumn.create("stored as");
    LongColumn count = LongColumn.create("blocks");
    MeasuredColumn memory = MeasuredColumn.of("memory MiB", "MiB");
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

  /** What it is, and a corner of its weight. */
  @SuppressWarnings("try")
  static View of(Linear layer) {
    try (Scope scope = new Scope()) {
      ArrayView weight = ArrayView.of(layer.weight());
      return View.of(title(layer) + "\n" + weight.text()).html("<div class=\"secateur-layer\"><div>"
          + Html.escape(title(layer)) + "</div>" + weight.html() + "</div>");
    }
  }

  private static String title(Linear layer) {
    return layer + ", " + layer.bytes() + " bytes" + (layer.bias() == null ? "" : ", with bias");
  }
}
