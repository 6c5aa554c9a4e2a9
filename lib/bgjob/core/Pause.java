package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Kind;

/** Waiting between two looks. */
final class Pause {
    private Pause() {
    }

    /** @throws BgjobException when the thread is interrupted, which stays noted */
    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BgjobException(Kind.FAILED, "interrupted");
        }
    }

    /** Waits for a thread's end. */
    static void until(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BgjobException(Kind.FAILED, "interrupted");
        }
    }
}
