package secateur.lab;

import java.util.List;
import org.knowm.xchart.CategoryChart;
import secateur.measure.Sensitivity;

/** How much the loss rises when one block or layer alone is compressed, a bar for each. */
public final class SensitivityChart {

  private SensitivityChart() {}

  /** Parts whose compression lowers the loss have bars below zero. */
  public static CategoryChart of(Sensitivity sensitivity) {
    boolean layers = sensitivity.rise().keySet().stream().anyMatch(part -> part.contains("."));
    return Theme.bars("Loss when one " + (layers ? "layer" : "block") + " alone is compressed", layers ? "layer" : "block",
        "rise, nats per token", List.copyOf(sensitivity.rise().keySet()), List.copyOf(sensitivity.rise().values()));
  }
}
