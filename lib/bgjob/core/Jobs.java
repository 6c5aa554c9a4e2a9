package bgjob.core;

import bgjob.backend.Backend;
import bgjob.job.Batch;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.log.LogFile;
import bgjob.log.LogFollower;
import bgjob.log.LogSink;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** The jobs under one {@code .logs} directory and all that can be done with them; what both doors call. */
public final class Jobs {
    private final JobStore store;
    private final List<Backend> backends;
    private final SubmitOptions options;
    private final Inspector inspector;
    private final Resolver resolver;
    private final JobProgress progress;

    /**
     * @param path the {@code .logs} directory, absolute; it need not exist
     * @param backends where jobs can run, the default first
     */
    public Jobs(String path, List<Backend> backends, SubmitOptions options) {
        this.store = new JobStore(path);
        this.backends = backends;
        this.options = options;
        this.inspector = new Inspector(store, backends);
        this.resolver = new Resolver(store);
        this.progress = new JobProgress(store);
    }

    /** @return the {@code .logs} directory */
    public String directory() {
        return store.dir().path();
    }

    /** @return the shell that runs the job scripts written here */
    public String shell() {
        return options.shell();
    }

    /**
     * Starts a job; returns when it is recorded with its real pid.
     *
     * @throws bgjob.job.BgjobException when it cannot be started, and then nothing of it is left
     */
    public Started submit(JobSpec spec) {
        return submit(spec, null);
    }

    /**
     * Starts a job.
     *
     * @param batch the items for each of which it runs its command, or null for a plain job
     */
    public Started submit(JobSpec spec, Batch batch) {
        return submission(spec).submit(spec, batch, spec.snapshot() ? Snapshot.source(store, options.shell()) : null);
    }

    private Submission submission(JobSpec spec) {
        return new Submission(store, backend(spec.target().backend()), options);
    }

    private Restart again() {
        return new Restart(store, inspector, this::submission, options.shell());
    }

    /** @return what is asked of batches alone */
    public Batches batches() {
        return new Batches(store);
    }

    private Backend backend(String name) {
        for (Backend backend : backends) {
            if (backend.name().equals(name)) {
                return backend;
            }
        }
        throw BgjobException.usage("there is no backend '" + name + "'; jobs run on: local, slurm");
    }

    /**
     * @param name a job id, or a label, which names its newest job
     * @throws bgjob.job.BgjobException of kind NOT_FOUND, with near names
     */
    public JobId find(String name) {
        return resolver.resolve(name);
    }

    /**
     * Runs a job's command again as a new job: same command, directory and bounds.
     *
     * @param failed whether of a batch, which must have ended, only those items that were not completed
     * @throws BgjobException when its script does not say how it was run, or it cannot be started
     */
    public Started rerun(JobId id, boolean failed) {
        return again().rerun(id, failed, false);
    }

    /** As {@link #rerun}, but in a temporary worktree with the commit on which the job ran and what was saved of its uncommitted changes. */
    public Started rerunAtCommit(JobId id, boolean failed) {
        return again().rerun(id, failed, true);
    }

    /**
     * Goes on with a job: lets one that is held run again, and starts one that has ended, or was lost, anew with its checkpoint.
     *
     * @return the new job, or null where the old one goes on
     * @throws BgjobException when it runs, was completed, or is out of sight
     */
    public Started resume(JobId id) {
        return again().resume(id);
    }

    /**
     * Holds a job that runs: STOP to all its processes.
     *
     * @throws BgjobException when it does not run, or cannot be held
     */
    public void pause(JobId id) {
        new Holding(store, inspector).pause(id);
    }

    /** @return how the job was asked for, in clear. @throws BgjobException when its script does not say so */
    public JobSpec spec(JobId id) {
        return store.spec(id);
    }

    /** @return the job as it is now, with its progress */
    public Job inspect(JobId id) {
        return progress.measured(inspector.withLeft(inspector.inspect(id)));
    }

    /** @return the jobs that pass the filter, newest first */
    public List<Job> list(JobFilter filter) {
        List<Job> jobs = new ArrayList<>();
        boolean any = filter.states().isEmpty() && !filter.active() && filter.since() == 0;
        for (JobId id : any && filter.most() > 0 ? store.newest(filter.label(), filter.most()) : store.ids(filter.label())) {
            if (filter.most() > 0 && jobs.size() == filter.most()) {
                break;
            }
            Job job = inspector.inspect(id);
            if (job.state() == null && store.dir().isGone(id)) {
                continue; // removed a moment ago
            }
            boolean state = filter.states().isEmpty() || job.state() != null && filter.states().contains(job.state());
            if (state && (!filter.active() || job.active()) && JobFilter.createdSince(job, filter.since())) {
                jobs.add(progress.measured(inspector.withLeft(job)));
            }
        }
        return jobs;
    }

    /**
     * @param most at most so many; 0 for all
     * @return ids of all jobs, newest first, without a look at any of them
     */
    public List<JobId> ids(int most) {
        return most > 0 ? store.newest(null, most) : store.ids();
    }

    /** @return the label's ids, with null of all labels, newest first */
    List<JobId> ids(String label) {
        return store.ids(label);
    }

    /** @return ids of the label's other jobs that have not ended, newest first */
    public List<JobId> othersActive(JobId id) {
        List<JobId> active = active(store.ids(id.label()));
        active.remove(id);
        return active;
    }

    /** @return ids of all jobs that have not ended, newest first */
    public List<JobId> active() {
        return active(store.ids());
    }

    private List<JobId> active(List<JobId> ids) {
        List<JobId> active = new ArrayList<>();
        for (JobId id : ids) {
            if (store.exit(id) < 0 && inspector.inspect(id).active()) {
                active.add(id);
            }
        }
        return active;
    }

    /** Ends a job and says what that took; never before it is true. */
    public StopReceipt stop(JobId id, StopRequest request) {
        return new Stopper(store, inspector).stop(id, request);
    }

    /**
     * Ends several jobs at the same time, so that the grace of one does not delay the next.
     *
     * @param failed told of each job that could not be stopped, and why
     * @return a receipt for each of the others, in the order given
     */
    public List<StopReceipt> stop(List<JobId> ids, StopRequest request, BiConsumer<JobId, BgjobException> failed) {
        return new Stopper(store, inspector).stop(ids, request, failed);
    }

    /**
     * Waits until the jobs have ended.
     *
     * @param any whether one is enough
     * @param millis for how long at most; 0 for as long as it takes
     * @return the jobs that ended, in the order given; fewer than asked for when time ran out
     */
    public List<Job> await(List<JobId> ids, boolean any, long millis) {
        return new Awaiting(inspector).await(ids, any, millis);
    }

    /**
     * Shows a job's log as it grows; returns when the job has ended and all of it is shown.
     *
     * @param from the first byte to show
     * @param sink where the bytes go
     * @return the byte behind the last one shown
     */
    public long follow(JobId id, long from, LogSink sink) {
        return new LogFollower(store.dir().log(id), LogGap.of(store, id), from, sink).run(() -> !inspector.inspect(id).active());
    }

    /** @return the paths of the job's files, whether they exist or not */
    public JobFiles files(JobId id) {
        return store.dir().files(id);
    }

    /** @return the job's log */
    public LogFile log(JobId id) {
        return new LogFile(store.dir().log(id), LogGap.of(store, id));
    }

    /**
     * @param lines how many of the log's last lines, or -1 for ten where the job was not completed
     * @return how the job ended, and what it left
     */
    public JobResult result(JobId id, int lines) {
        return new Results(store).of(inspect(id), lines);
    }

    /** Hands on all of what a job left as its result. */
    public void copyResult(JobId id, LogSink sink) {
        new LogFile(store.dir().result(id)).copy(0, Long.MAX_VALUE, sink);
    }

    /**
     * @param label only this label, or null for all
     * @param since only jobs created at or after this time, milliseconds since 1970 UTC; 0 for all
     * @param byCommit whether to tell commits apart, and not labels
     * @return what the records add up to
     */
    public Statistics statistics(String label, long since, boolean byCommit) {
        return Statistics.of(List.of(this), label, since, byCommit);
    }

    /**
     * @param directories whose records; a label is the same one in all of them
     * @return what the records of several directories add up to
     */
    public static Statistics statistics(List<Jobs> directories, String label, long since) {
        return Statistics.of(directories, label, since, false);
    }

    /**
     * @param names one run, to be compared with the newest before it that has ended, or two runs
     * @param good whether the one before has to be a completed one
     * @param ignoreTimes whether lines are the same that differ in times only
     * @throws BgjobException of kind NOT_FOUND when there are no two
     */
    public Comparison compare(List<String> names, boolean good, boolean ignoreTimes) {
        return new Comparer(store, inspector, resolver).compare(names, good, ignoreTimes);
    }

    /** @return what is asked of queues alone */
    public Queues queues() {
        return new Queues(store, inspector);
    }

    /** Removes records of jobs that have ended. */
    public PruneReceipt prune(PruneRequest request) {
        return new Pruner(store, inspector, backends, request).prune();
    }
}
