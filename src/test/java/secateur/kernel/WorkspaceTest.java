package secateur.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import secateur.tensor.Devices;
import tech.tablesaw.api.Table;

class WorkspaceTest {

  @Test
  void valuesAreOneLine() {
    assertThat(Workspace.line(42)).isEqualTo("42");
    assertThat(Workspace.line(null)).isEqualTo("null");
    assertThat(Workspace.line("one\ntwo")).isEqualTo("one …");
    assertThat(Workspace.line("x".repeat(500))).hasSize(81).endsWith("x…");
  }

  @Test
  void anArrayIsItsShapeAlsoWhenClosed() {
    NDArray array = Devices.manager().ones(new Shape(2, 3));
    assertThat(Workspace.line(array)).isEqualTo("NDArray (2, 3) float32 on cpu()");
    array.close();
    assertThat(Workspace.line(array)).startsWith("(cannot be shown: ");
  }

  @Test
  void memoryGrowsByWhatIsMade() {
    double before = models();
    try (NDArray array = Devices.manager().ones(new Shape(1 << 20))) {
      assertThat(models()).isCloseTo(before + 4, within(1e-9)); // sums of doubles
      assertThat(array.size()).isEqualTo(1 << 20);
    }
  }

  private static double models() {
    Table memory = Workspace.memory();
    assertThat(memory.stringColumn("held by")).contains("variables", "Java heap", "this process");
    return memory.doubleColumn("MiB").get(0);
  }

  @Test
  void theDeviceHasNumbers() {
    Table device = Workspace.device();
    assertThat(device.intColumn("GPUs").get(0)).isZero();
    assertThat(device.doubleColumn("free MiB").get(0)).isPositive();
  }

  @Test
  void variablesAndTimesNeedAKernelOfOurs() {
    assertThatThrownBy(Workspace::variables).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(Workspace::time).isInstanceOf(RuntimeException.class);
    assertThat(Workspace.took()).isEmpty();
  }
}
