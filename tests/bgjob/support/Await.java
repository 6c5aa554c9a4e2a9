package bgjob.support;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what has to come true, and fails with a sentence when it does not. */
public final class Await {
    /** Far beyond what anything takes here, so that a slow machine fails nothing. */
    public static final int SECONDS = 30;

    private static final long STEP = 5_000_000;
    private static final long LONGEST_STEP = 40_000_000;

    private Await() {
    }

    /** @param sentence what was to come true, as in "the job ends" */
    public static void until(String sentence, BooleanSupplier condition) {
        value(sentence, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    /** @return the first value that is not null */
    public static <T> T value(String sentence, Supplier<T> source) {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        long step = STEP;
        while (true) {
            boolean last = System.nanoTime() > end; // looked at first: the look below then comes after the deadline
            T value = source.get();
            if (value != null) {
                return value;
            }
            if (last) {
                throw new AssertionError("not within " + SECONDS + " s: " + sentence);
            }
            LockSupport.parkNanos(step);
            step = Math.min(step * 2, LONGEST_STEP);
        }
    }
}
