package bgjob.core;

import bgjob.job.JobId;
import bgjob.log.Gap;
import bgjob.store.JobStore;

/** Reads from a job's meta which part of its log was dropped by now. A class of its own: what reads no log does not load it. */
final class LogGap implements Gap.Source {
    private final JobStore store;
    private final JobId id;

    private LogGap(JobStore store, JobId id) {
        this.store = store;
        this.id = id;
    }

    static Gap.Source of(JobStore store, JobId id) {
        return new LogGap(store, id);
    }

    @Override
    public Gap now() {
        return Gap.of(store.facts(id));
    }
}
