package secateur.lab;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.CategoryChart;
import secateur.measure.Size;
import secateur.model.Block;
import secateur.model.Llm;
import secateur.spec.Role;

/** Bits per weight of each layer, scales and zeros included: a bar for each role, by block. */
final class WidthsChart {

  private WidthsChart() {}

  static CategoryChart of(Llm model) {
    Map<String, Double> bits = Size.bitsByLayer(model);
    Set<Role> roles = new LinkedHashSet<>();
    model.blocks().forEach(block -> roles.addAll(block.roles()));
    List<String> blocks = model.blocks().stream().map(block -> "" + block.number()).toList();
    CategoryChart chart = Theme.groups("Bits by layer", "block", "bits per weight, scales and zeros included");
    int index = 1;
    for (Role role : roles) {
      List<Double> values = new ArrayList<>();
      for (Block block : model.blocks()) {
        values.add(bits.getOrDefault(block.name(role), 0.0));
      }
      chart.addSeries(role.label(), blocks, values).setFillColor(Theme.color(index++));
    }
    return chart;
  }
}
