package bgjob;

import bgjob.job.BgjobException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that is done whole even when whoever asked for it is interrupted. Locks, pauses and channels give up half way then, Commons Exec
 * kills what it runs; so the work has a thread of its own, which nobody else knows and which ends with it.
 */
final class Whole {
    private Whole() {
    }

    /** @return what the work answers; an interrupt that came meanwhile, or before, stays noted */
    static <T> T of(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        new Thread(task, "bgjob").start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A failure that is told shows the caller's place, a mistake of ours its own. */
    private static RuntimeException thrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof BgjobException) {
            cause.fillInStackTrace();
        }
        return (RuntimeException) cause;
    }
}
