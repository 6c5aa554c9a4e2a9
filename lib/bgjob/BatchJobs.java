package bgjob;

import bgjob.core.ItemResult;
import bgjob.core.Jobs;
import bgjob.job.Batch;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import java.util.List;

/**
 * Batches: jobs that run their command once for each item of a list. A batch is a job, so {@link Bgjob#status}, {@link Bgjob#await},
 * {@link Bgjob#stop} and the others are about all of it. Like {@link Bgjob}, for any number of threads.
 */
public final class BatchJobs {
    private final Composition composition;
    private final String directory;

    BatchJobs(Composition composition, String directory) {
        this.composition = composition;
        this.directory = directory;
    }

    private Jobs having(JobId id) {
        Jobs jobs = composition.open(directory);
        jobs.find(id.toString());
        return jobs;
    }

    /**
     * Starts a batch.
     *
     * @param spec in its command, {@code {}} stands for the item and {@code {#}} for its number; without either, the item comes last
     * @param slots how many items run at the same time, 1 to 1000
     * @param items what it runs for, exactly; at least one
     * @return its id
     * @throws BgjobException when it cannot be started, and then nothing of it is left
     */
    public JobId submit(JobSpec spec, int slots, List<String> items) {
        Batch batch = Words.batch(slots, items);
        Words.check(spec);
        return Whole.of(() -> composition.open(directory).submit(Words.placed(spec), batch).id());
    }

    /**
     * @param id a batch
     * @return how each of its items stands, in order
     * @throws BgjobException of kind USAGE when it is none
     */
    public List<ItemResult> items(JobId id) {
        Jobs jobs = having(id);
        if (!jobs.batches().isBatch(id)) {
            throw BgjobException.usage("job " + id + " is no batch, so it has no items");
        }
        return List.copyOf(jobs.batches().results(jobs.inspect(id)));
    }

    /**
     * @param id a batch
     * @param number an item's number
     * @param from the first byte, 0 or what {@link LogPart#next} said
     * @return what the item wrote, as {@link Bgjob#logs} tells it of a job
     * @throws BgjobException of kind NOT_FOUND when there is no such item, or it was not begun
     */
    public LogPart logs(JobId id, int number, long from) {
        return Words.logs(having(id).batches().log(id, number), from);
    }

    /**
     * Runs those items of a batch again, as a new one, that were not completed.
     *
     * @param id a batch that has ended
     * @return the new batch's id; its items keep their numbers
     * @throws BgjobException when it is none, has not ended, or all of them were completed
     */
    public JobId rerunFailed(JobId id) {
        return Whole.of(() -> having(id).rerun(id, true).id());
    }
}
