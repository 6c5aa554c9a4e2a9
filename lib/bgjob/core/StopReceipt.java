package bgjob.core;

import bgjob.job.Job;
import bgjob.job.Survivor;
import java.util.List;

/**
 * What {@code stop} did, checked after doing it.
 *
 * @param job the job as it was afterwards
 * @param signals the signals sent, in order; empty when there was nothing to stop
 * @param survivors processes of the job that still live
 * @param millis how long it took
 */
public record StopReceipt(Job job, List<String> signals, List<Survivor> survivors, long millis) {
    /** @return whether its command has ended and its leader lives on, since it cannot write what it knows */
    public boolean waits() {
        return !signals.isEmpty() && survivors.isEmpty() && job.active() && job.allocation() == null;
    }

    /** Takes copies: what was answered never changes. */
    public StopReceipt {
        signals = List.copyOf(signals);
        survivors = List.copyOf(survivors);
    }
}
