package bgjob.web;

import bgjob.core.Started;
import bgjob.core.StopReceipt;
import bgjob.core.StopRequest;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobSpec;
import bgjob.job.Kind;

/** What can be done with jobs here, for the pages and the API alike. */
final class Actions {
    private static final long GRACE_MILLIS = 10_000;

    private final Repos repos;
    private final Settings settings;

    Actions(Repos repos, Settings settings) {
        this.repos = repos;
        this.settings = settings;
    }

    Repos.Found start(NewJob wanted) {
        Repo repo = repos.named(wanted.repo()).get(0);
        JobSpec spec = wanted.spec(repo.root(), settings.environment());
        return new Repos.Found(repo, repo.jobs().submit(spec).id());
    }

    /** @throws BgjobException of kind USAGE when it has ended already */
    StopReceipt cancel(Repos.Found found, Long graceMillis, String reason) {
        Job job = found.job();
        if (job.state() != null && !job.active() && job.survivors().isEmpty()) {
            throw BgjobException.usage("job " + found.id() + " is " + job.state().word() + " and cannot be stopped any more");
        }
        return found.jobs().stop(found.id(), new StopRequest("TERM", graceMillis == null ? GRACE_MILLIS : graceMillis,
                settings.user() + " by the dashboard", reason));
    }

    /**
     * @param failed whether of a batch only the items that were not completed
     * @param atCommit whether on the files that it ran on
     */
    Repos.Found rerun(Repos.Found found, boolean failed, boolean atCommit) {
        Started started = atCommit ? found.jobs().rerunAtCommit(found.id(), failed) : found.jobs().rerun(found.id(), failed);
        return new Repos.Found(found.repo(), started.id());
    }

    /** @throws BgjobException of kind USAGE when it does not run */
    void pause(Repos.Found found) {
        asUsage(() -> found.jobs().pause(found.id()));
    }

    /** @return the job that goes on: the same, or a new one */
    Repos.Found resume(Repos.Found found) {
        Started[] started = new Started[1];
        asUsage(() -> started[0] = found.jobs().resume(found.id()));
        return started[0] == null ? found : new Repos.Found(found.repo(), started[0].id());
    }

    /** That a job is in the wrong state for it is the caller's mistake here. */
    private static void asUsage(Runnable wish) {
        try {
            wish.run();
        } catch (BgjobException e) {
            throw e.kind() == Kind.FAILED ? BgjobException.usage(e.getMessage()) : e;
        }
    }
}
