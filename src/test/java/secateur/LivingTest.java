package secateur;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import secateur.tensor.Devices;

/** The counter sees what it is meant to see. */
class LivingTest {

  @Test
  void aLeakedArrayIsCounted() {
    Living before = Living.settled();
    NDArray leaked = Devices.manager().zeros(new Shape(10, 25));
    assertThat(Living.now()).isEqualTo(new Living(before.arrays() + 1, before.bytes() + 1000));
    leaked.close();
    leaked = null; // a closed array that is still referred to is an object on the heap
    assertThat(Living.now()).isEqualTo(before);
  }

  @Test
  void anArrayThatOnlyItsManagerKnowsIsCounted() {
    Living before = Living.settled();
    Devices.manager().newSubManager().zeros(new Shape(10, 25));
    assertThat(Living.now().arrays()).isEqualTo(before.arrays() + 1);
    assertThat(Living.now().bytes()).isEqualTo(before.bytes() + 1000);
  }

  @Test
  void anArrayOfAForeignManagerIsCounted() {
    Living before = Living.settled();
    try (NDManager manager = NDManager.newBaseManager()) {
      manager.zeros(new Shape(1));
      assertThat(Living.now().arrays()).isEqualTo(before.arrays() + 1);
    }
    assertThat(Living.now()).isEqualTo(before);
  }
}
