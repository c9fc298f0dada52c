package secateur.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private final NDManager manager = Devices.manager();

  private static boolean open(NDArray array) {
    return !((ai.djl.pytorch.engine.PtNDArray) array).isReleased();
  }

  @Test
  void closesWhatWasMadeInside() {
    NDArray before = manager.ones(new Shape(1));
    NDArray made;
    try (Scope scope = new Scope()) {
      made = before.add(1);
    }
    assertThat(open(made)).isFalse();
    assertThat(open(before)).isTrue();
    before.close();
  }

  @Test
  void whatIsKeptMovesToTheScopeAround() {
    NDArray kept;
    try (Scope outer = new Scope()) {
      try (Scope inner = new Scope()) {
        kept = inner.keep(manager.ones(new Shape(1)));
      }
      assertThat(open(kept)).isTrue();
    }
    assertThat(open(kept)).isFalse();
  }

  @Test
  void whatIsKeptInBothLivesOn() {
    NDArray kept;
    try (Scope outer = new Scope()) {
      try (Scope inner = new Scope()) {
        kept = outer.keep(inner.keep(manager.ones(new Shape(1))));
      }
    }
    assertThat(open(kept)).isTrue();
    kept.close();
  }

  @Test
  void whatOnlyPassedThroughStaysWhoseItWas() {
    NDArray passing = manager.ones(new Shape(1));
    try (Scope outer = new Scope(); Scope inner = new Scope()) {
      inner.keep(passing);
    }
    assertThat(open(passing)).isTrue();
    passing.close();
  }

  @Test
  void whatIsFreedLeavesEveryScope() {
    NDArray free;
    try (Scope outer = new Scope(); Scope inner = new Scope()) {
      free = Scope.free(manager.ones(new Shape(1)));
    }
    assertThat(open(free)).isTrue();
    free.close();
  }

  @Test
  void onlyTheResultOfARunLives() {
    NDArray[] between = new NDArray[1];
    try (Scope scope = new Scope()) {
      NDArray result = Scope.run(() -> {
        between[0] = manager.ones(new Shape(1));
        return between[0].add(1);
      });
      assertThat(result.getFloat()).isEqualTo(2);
      assertThat(open(between[0])).isFalse();
    }
  }

  @Test
  void aFailureClosesAllTheSame() {
    NDArray[] made = new NDArray[1];
    try {
      Scope.run(() -> {
        made[0] = manager.ones(new Shape(1));
        throw new IllegalStateException("expected");
      });
    } catch (IllegalStateException expected) {
      assertThat(open(made[0])).isFalse();
    }
    assertThat(made[0]).isNotNull();
  }

  @Test
  void sharedArraysCloseWithTheirLastHolder() {
    Holdings holdings = new Holdings();
    NDArray array = manager.ones(new Shape(1));
    holdings.retain(java.util.List.of(array));
    holdings.retain(java.util.List.of(array, array));
    holdings.release(java.util.List.of(array, array));
    assertThat(open(array)).isTrue();
    holdings.release(java.util.List.of(array));
    assertThat(open(array)).isFalse();
  }
}
