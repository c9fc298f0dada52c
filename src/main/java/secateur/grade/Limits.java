package secateur.grade;

import java.time.Duration;

/**
 * What one submission may take.
 *
 * @param cell time for a cell
 * @param whole time for all of it
 * @param heap of Java, in MiB
 * @param memory of all its processes, libraries and native memory included, in MiB
 * @param threads of all its processes
 * @param processes that it starts
 */
public record Limits(Duration cell, Duration whole, int heap, int memory, int threads, int processes) {

  /** What an exercise of the course needs many times over, and the capstone's chain, which may take a minute on a laptop, three times. */
  public static final Limits USUAL = new Limits(Duration.ofMinutes(3), Duration.ofMinutes(15), 1536, 4096, 250, 2);

  private static final int LEAST_HEAP = 64;

  public Limits {
    positive("seconds for a cell", cell.toMillis());
    positive("seconds for a submission", whole.toMillis());
    if (heap < LEAST_HEAP || memory < heap) {
      throw new IllegalArgumentException("heap and memory are " + heap + " and " + memory + " MiB; the heap is at least " + LEAST_HEAP + ", the memory at least the heap");
    }
    positive("threads", threads);
    if (processes < 0) {
      throw new IllegalArgumentException("processes are " + processes + "; they are at least 0");
    }
  }

  private static void positive(String what, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + " are " + value + "; they are above 0");
    }
  }

  /** With other limits of time. */
  public Limits within(Duration aCell, Duration all) {
    return new Limits(aCell, all, heap, memory, threads, processes);
  }

  /** With another limit of memory, in MiB. */
  public Limits memory(int mebibytes) {
    return new Limits(cell, whole, Math.min(heap, mebibytes), mebibytes, threads, processes);
  }
}
