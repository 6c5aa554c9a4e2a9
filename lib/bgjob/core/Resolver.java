package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Suggestion;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.List;

/** Finds the job that a user named: an id is that job, a label its newest one. */
final class Resolver {
    private static final int NEAREST = 200;

    private final JobStore store;

    Resolver(JobStore store) {
        this.store = store;
    }

    /** @throws BgjobException of kind NOT_FOUND with near names, or USAGE when {@code name} can be neither */
    JobId resolve(String name) {
        JobId id = JobId.parse(name);
        if (id != null && store.contains(id)) {
            return id;
        }
        String why = JobId.whyNotLabel(name);
        if (why != null && id != null) { // a label of full length makes an id that can be no label
            throw unknown(name, id);
        }
        if (why != null) {
            throw BgjobException.usage("'" + name + "' is no label or job id: it " + why);
        }
        JobId newest = store.newest(name);
        if (newest == null) {
            throw unknown(name, id);
        }
        return newest;
    }

    private BgjobException unknown(String name, JobId id) {
        List<String> known = new ArrayList<>(store.labels());
        String where = " in " + store.dir().path();
        if (known.isEmpty()) {
            return BgjobException.notFound("no job '" + name + "'" + where + ": there are no jobs yet; start one with: bgjob run "
                    + name + " -- CMD");
        }
        if (id != null) {
            List<JobId> ids = store.ids(id.label());
            for (JobId near : ids.subList(0, Math.min(NEAREST, ids.size()))) {
                known.add(near.toString());
            }
        }
        String near = Suggestion.near(name, known);
        return BgjobException.notFound("no job '" + name + "'" + where + (near.isEmpty() ? "; `bgjob list` shows what there is" : near));
    }
}
