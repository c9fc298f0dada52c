package secateur.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import secateur.text.TokenFile;

class TokenWindowsTest {

  @TempDir
  Path folder;

  @Test
  void eachRoundVisitsEveryWindowOnce() throws IOException {
    TokenWindows windows = new TokenWindows(counting(110), 3, 10, 7); // 10 windows of 10 and one more id
    for (int round = 0; round < 3; round++) {
      Set<Long> starts = new TreeSet<>();
      for (int i = 0; i < 10; i++) {
        long at = round * 10L + i;
        long[] row = windows.batch(at / 3)[(int) (at % 3)];
        assertThat(row).hasSize(11);
        assertThat(row[10]).isEqualTo(row[0] + 10);
        starts.add(row[0]);
      }
      assertThat(starts).hasSize(10);
      assertThat(starts.stream().map(s -> s % 10).distinct()).hasSize(1);
    }
  }

  @Test
  void aBatchIsTheSameWheneverItIsAskedFor() throws IOException {
    TokenWindows windows = new TokenWindows(counting(1000), 4, 10, 7);
    long[][] first = windows.batch(0);
    windows.batch(500);
    assertThat(windows.batch(0)).isDeepEqualTo(first);
    assertThat(new TokenWindows(counting(1000), 4, 10, 8).batch(0)).isNotEqualTo(first);
  }

  @Test
  void aTextTooShortIsRefused() {
    assertThatThrownBy(() -> new TokenWindows(counting(19), 1, 10, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenWindows(counting(190), 0, 10, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private TokenFile counting(int size) throws IOException {
    ByteBuffer ids = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      ids.putShort((short) i);
    }
    return TokenFile.open(Files.write(folder.resolve(size + ".u16"), ids.array()));
  }
}
