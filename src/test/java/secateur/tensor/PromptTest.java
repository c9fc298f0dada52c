package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PromptTest {

  private static final long MIB = 1 << 20;

  private final NDManager manager = Devices.manager();

  @BeforeEach
  void nothingElseIsLeft() {
    collected();
  }

  /** What is still held once the collector has been round. */
  private static Memory.Holding collected() {
    for (int i = 0; i < 5; i++) {
      Memory.collect();
    }
    return Memory.session(Devices.current());
  }

  private NDArray typed() {
    try (Prompt prompt = new Prompt()) {
      NDArray ones = manager.ones(new Shape(256, 1024));
      return ones.add(1).mul(ones); // two temporaries
    }
  }

  @Test
  void whatAVariableRefersToStays() {
    Memory.Holding before = Memory.session(Devices.current());
    NDArray variable = typed();
    assertThat(collected().bytes() - before.bytes()).isEqualTo(MIB);
    assertThat(variable.sum().getFloat()).isEqualTo(2f * 256 * 1024);
  }

  @Test
  void whatNothingRefersToIsFreed() {
    Memory.Holding before = Memory.session(Devices.current());
    typed();
    assertThat(collected()).isEqualTo(before);
  }

  @Test
  void whatWasClosedIsNotFreedTwice() {
    Memory.Holding before = Memory.session(Devices.current());
    typed().close();
    assertThat(collected()).isEqualTo(before);
  }

  @Test
  void aBufferStaysWhileAViewLooksIntoIt() {
    List<NDArray> views = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try (Prompt prompt = new Prompt()) {
        float[] values = new float[100_000];
        java.util.Arrays.fill(values, i);
        views.add(manager.create(values).reshape(100, 1000).get("3:5"));
      }
    }
    collected();
    for (int i = 0; i < 200; i++) {
      assertThat(views.get(i).max().getFloat()).isEqualTo(i);
    }
  }

  @Test
  void muchAtOnceIsCollectedUnasked() {
    for (int i = 0; i < 100; i++) {
      try (Prompt prompt = new Prompt()) {
        manager.zeros(new Shape(16 * MIB / 4));
      }
    }
    assertThat(Memory.session(Devices.current()).bytes()).isLessThan(400 * MIB);
  }

  @Test
  void whatIsFreedFromScopesIsNotTheSessions() {
    Memory.Holding before = Memory.session(Devices.current());
    NDArray model;
    try (Prompt prompt = new Prompt()) {
      model = Scope.free(manager.ones(new Shape(7)));
    }
    assertThat(Memory.session(Devices.current())).isEqualTo(before);
    assertThat(Memory.models(Devices.current()).arrays()).isPositive();
    model.close();
  }

  @Test
  void theHostSaysWhatIsLeft() {
    assertThat(Memory.free(ai.djl.Device.cpu())).isBetween(MIB, Memory.total(ai.djl.Device.cpu()));
  }
}
