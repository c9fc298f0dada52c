package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;
import secateur.model.Llm;

/** The device of a thread. Where there is one device only, refusals are what can be seen. */
class DevicesTest {

  private static final Device NONE = Device.gpu(7);
  private static final Device OTHER = Device.of("meta", 3); // a name alone: no array is made there

  @Test
  void aDeviceThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Devices.on(NONE, () -> 1)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no device gpu(7); PyTorch sees cpu()");
    assertThatThrownBy(() -> Llm.load("java-8m", NONE)).hasMessageStartingWith("there is no device gpu(7)");
  }

  @Test
  void whatWasBeforeComesBackAlsoAfterAnError() {
    Device before = Devices.current();
    assertThatThrownBy(() -> Devices.on(OTHER, () -> {
      throw new IllegalStateException("in " + Devices.current().getDeviceId());
    })).hasMessage("in 3");
    assertThat(Devices.current()).isEqualTo(before);
  }

  @Test
  void aThreadsDeviceIsItsOwn() {
    Device chosen = Devices.current();
    Device[] seen = new Device[2];
    Devices.on(OTHER, () -> {
      seen[0] = Devices.current();
      Thread other = new Thread(() -> seen[1] = Devices.current());
      other.start();
      joined(other);
      return null;
    });
    assertThat(seen).containsExactly(OTHER, chosen);
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aModelComputesWhereItWasLoaded() {
    try (Llm model = Llm.load("java-8m", Device.cpu())) {
      assertThat(model.device()).isEqualTo(Device.cpu());
      assertThat(model.there(Devices::current)).isEqualTo(Device.cpu());
    }
  }
}
