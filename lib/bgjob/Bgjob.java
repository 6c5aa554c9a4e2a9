package bgjob;

import bgjob.core.JobFilter;
import bgjob.core.JobResult;
import bgjob.core.Jobs;
import bgjob.core.PruneReceipt;
import bgjob.core.PruneRequest;
import bgjob.core.Started;
import bgjob.core.StopReceipt;
import bgjob.core.StopRequest;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Kind;
import bgjob.job.Progress;
import bgjob.job.SignalName;
import bgjob.log.LogSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The jobs under one {@code .logs} directory, for programs: what the command {@code bgjob} does, as method calls. It prints nothing,
 * starts no thread that stays, and holds no state: any number of threads may share one, and any number of processes, the command among
 * them, may use the same directory at the same time. What a method answers never changes; ask again for news.
 *
 * <p>Whatever goes wrong is a {@link BgjobException}: a sentence and a {@link Kind}. USAGE: the call makes no sense. NOT_FOUND: there is
 * no such job. CANNOT_TELL: the truth is out of sight, on another machine say. FAILED: all else; also when the thread is interrupted
 * while it waits, which stays noted. What starts a job is not cut short by an interrupt: it answers the job's id, and the interrupt stays
 * noted. No parameter may be null unless that is said.
 */
public final class Bgjob {
    /** How long a job told to end has until it is killed. */
    public static final Duration GRACE = Duration.ofSeconds(10);

    private final Composition composition = new Composition();
    private final String directory;

    private Bgjob(String directory) {
        this.directory = composition.directory(directory);
    }

    /** @return the jobs that {@code bgjob} finds from the current directory: {@code $BGJOB_DIR}, else the repository's {@code .logs} */
    public static Bgjob open() {
        return new Bgjob(null);
    }

    /** @param directory a {@code .logs} directory; it need not exist and is made by the first job */
    public static Bgjob open(Path directory) {
        return new Bgjob(directory.toAbsolutePath().toString());
    }

    /** @return the {@code .logs} directory, absolute; it need not exist */
    public Path directory() {
        return Path.of(directory);
    }

    private Jobs jobs() {
        return composition.open(directory);
    }

    /** @return the jobs, when that one is among them */
    private Jobs having(JobId id) {
        Jobs jobs = jobs();
        jobs.find(id.toString());
        return jobs;
    }

    /**
     * Starts a job that outlives this program. A thread that is interrupted meanwhile gets the id all the same, and stays interrupted.
     *
     * @return its id; by then it is recorded, with its pid
     * @throws BgjobException when it cannot be started, and then nothing of it is left
     */
    public JobId submit(JobSpec spec) {
        Words.check(spec);
        return Whole.of(() -> jobs().submit(spec).id());
    }

    /** Starts a job in the current directory: {@link #submit(JobSpec)} of {@link JobSpec#of}. */
    public JobId submit(String label, String... command) {
        return submit(JobSpec.of(label, command));
    }

    /** @return the jobs that pass the filter, newest first; none where there is no directory */
    public List<Job> list(JobFilter filter) {
        return List.copyOf(jobs().list(filter));
    }

    /**
     * @param name a job id, or a label, which names its newest job
     * @throws BgjobException of kind NOT_FOUND, with near names
     */
    public JobId find(String name) {
        return jobs().find(name);
    }

    /** @return the job as it is now, with its progress */
    public Job status(JobId id) {
        return having(id).inspect(id);
    }

    /** @return how far the job is, or null when nothing tells */
    public Progress progress(JobId id) {
        return status(id).progress();
    }

    /**
     * @param id the job
     * @param lines how many of its log's last lines; of more than a MiB the end
     */
    public LogPart tail(JobId id, int lines) {
        if (lines < 0) {
            throw BgjobException.usage(lines + " lines are no part of a log; a number from 0 up is needed");
        }
        return Words.tail(having(id).log(id), lines);
    }

    /**
     * @param id the job
     * @param from the first byte, 0 or what {@link LogPart#next} said
     * @return what its log has from there on, a MiB at most, and where to go on; empty when there is no more yet
     */
    public LogPart logs(JobId id, long from) {
        return Words.logs(having(id).log(id), from);
    }

    /**
     * Hands on a job's log as it grows, in this thread; returns when the job has ended and all of it is handed on. To end it before,
     * interrupt the thread or throw from the sink: what it throws comes out as it is, an IOException as the cause of a BgjobException.
     *
     * @param id the job
     * @param from the first byte
     * @param sink where the bytes go
     * @return the byte behind the last one handed on
     */
    public long follow(JobId id, long from, LogSink sink) {
        Words.place(from);
        Words.given("sink", sink);
        try {
            return having(id).follow(id, from, sink);
        } catch (BgjobException e) {
            if (e.getCause() instanceof InterruptedException) {
                throw new BgjobException(Kind.FAILED, "interrupted while following " + id);
            }
            throw e;
        }
    }

    /** Hands on a job's log line by line, from its beginning to the job's end, as {@link #follow(JobId, long, LogSink)} does. */
    public void follow(JobId id, Consumer<String> line) {
        Words.given("sink", line);
        Words.Lines lines = new Words.Lines(line);
        follow(id, 0, lines);
        lines.finish();
    }

    /**
     * Waits until a job has ended.
     *
     * @param id the job
     * @param most for how long; null for as long as it takes
     * @return the job as it ended
     * @throws BgjobException of kind TIME_OUT when it has not ended by then; the job goes on
     */
    public Job await(JobId id, Duration most) {
        return awaitAny(List.of(id), most);
    }

    /**
     * Waits until all of several jobs have ended, as {@link #await} does.
     *
     * @return them as they ended, in the order given
     * @throws BgjobException of kind TIME_OUT when some have not ended by then
     */
    public List<Job> awaitAll(List<JobId> ids, Duration most) {
        return ended(ids, false, most);
    }

    /** Waits until one of several jobs has ended, as {@link #await} does; the first of them in the order given is the answer. */
    public Job awaitAny(List<JobId> ids, Duration most) {
        return ended(ids, true, most).get(0);
    }

    private List<Job> ended(List<JobId> ids, boolean any, Duration most) {
        if (ids.isEmpty()) {
            throw BgjobException.usage("there is no job to wait for");
        }
        Jobs jobs = jobs();
        for (JobId id : ids) {
            jobs.find(id.toString());
        }
        List<Job> ended = jobs.await(ids, any, most == null ? 0 : Math.max(1, millis(most)));
        if (ended.size() < (any ? 1 : ids.size())) {
            throw new BgjobException(Kind.TIME_OUT, "still waiting after " + Durations.format(millis(most)) + ": "
                    + (ids.size() == 1 ? ids.get(0) : (any ? "none of " : "not all of ") + ids) + "; it goes on");
        }
        return List.copyOf(ended);
    }

    /** Ends a job: TERM, {@link #GRACE}, KILL. @return what that took and what is left, looked at afterwards */
    public StopReceipt stop(JobId id) {
        return stop(id, "TERM", GRACE, null);
    }

    /**
     * Ends a job.
     *
     * @param id the job; there is nothing to do when it has ended
     * @param signal the first signal, with or without SIG
     * @param grace how long to wait before KILL
     * @param reason why, for its record, or null
     * @return what that took and what is left, looked at afterwards
     */
    public StopReceipt stop(JobId id, String signal, Duration grace, String reason) {
        return having(id).stop(id, new StopRequest(SignalName.parse(signal), millis(grace), composition.user(), reason));
    }

    /** Holds a job that runs. @throws BgjobException when it does not run */
    public void pause(JobId id) {
        having(id).pause(id);
    }

    /**
     * Goes on with a job that is held, paused itself, failed, was stopped or is lost.
     *
     * @return the id under which it goes on: its own where it was held, else a new job's, which has its checkpoint
     * @throws BgjobException when it runs or was completed
     */
    public JobId resume(JobId id) {
        Started begun = Whole.of(() -> having(id).resume(id));
        return begun == null ? id : begun.id();
    }

    /** Runs a job's command again, with the same directory and bounds. @return the new job's id */
    public JobId rerun(JobId id) {
        return Whole.of(() -> having(id).rerun(id, false).id());
    }

    /**
     * Runs a job again in a temporary worktree with the commit on which it ran and what was saved of its uncommitted changes.
     *
     * @return the new job's id; {@code leavings().saved().note()} of it says where that is not the same
     * @throws BgjobException when there is no such commit, or the changes do not go on it
     */
    public JobId rerunAtCommit(JobId id) {
        return Whole.of(() -> having(id).rerunAtCommit(id, false).id());
    }

    /** @return how the job ended, what it left, and the last ten lines of its log where it was not completed */
    public JobResult result(JobId id) {
        return having(id).result(id, -1);
    }

    /** Removes records of jobs that have ended. @return what went, and what stayed and why */
    public PruneReceipt prune(PruneRequest request) {
        return jobs().prune(request);
    }

    /** @return what is asked of batches alone */
    public BatchJobs batches() {
        return new BatchJobs(composition, directory);
    }

    /** @return what is asked of many runs at once, or of two */
    public Runs runs() {
        return new Runs(composition, directory);
    }

    /** @return what is asked of queues alone */
    public JobQueues queues() {
        return new JobQueues(composition, directory);
    }

    private static long millis(Duration time) {
        return Durations.millis(time, "time to wait");
    }
}
