package bgjob.core;

import bgjob.job.JobId;
import bgjob.log.Gap;
import bgjob.store.JobStore;

/** Reads from a job's meta which part of its log was dropped by now. A class of its own: what reads no log does not load it. */
final class LogGap implements Gap.Source {
    private final JobStore store;
    private final JobId id;
    private final int item;

    private LogGap(JobStore store, JobId id, int item) {
        this.store = store;
        this.id = id;
        this.item = item;
    }

    static Gap.Source of(JobStore store, JobId id) {
        return new LogGap(store, id, 0);
    }

    /** For the log of a batch's item. */
    static Gap.Source of(JobStore store, JobId id, int item) {
        return new LogGap(store, id, item);
    }

    @Override
    public Gap now() {
        return item == 0 ? Gap.of(store.facts(id)) : Gap.of(store.facts(id), item);
    }
}
