package secateur.tensor;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Says how far long work is, and lets it be cancelled. */
public final class Progress {

    /**
     * How far a task is.
     *
     * @param task what is being done
     * @param done the share done, 0 to 1
     * @param figure the current figure of the task, for example a perplexity; may be empty
     * @param left what is left, or null where nobody knows yet
     */
    public record State(String task, double done, String figure, Duration left) {}

    /** Whoever shows progress: called at most ten times a second, and once with {@code done} 1 at the end. */
    public interface Listener {
        /** Takes the newest state. */
        void update(State state);
    }

    private static volatile Listener listener = state -> {};
    private static volatile boolean cancelled;

    private Progress() {}

    /** Sets the one listener of this process. */
    public static void listener(Listener listener) {
        Progress.listener = listener;
    }

    /** Asks running work to stop: it throws {@link CancellationException} at its next {@link #check}. */
    public static void cancel() {
        cancelled = true;
    }

    /** Forgets a cancel. */
    public static void reset() {
        cancelled = false;
    }

    /** Throws {@link CancellationException} if work was cancelled. */
    public static void check() {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
    }

    static void update(State state) {
        listener.update(state);
    }
}
