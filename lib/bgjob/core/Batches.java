package bgjob.core;

import bgjob.core.ItemResult.State;
import bgjob.job.Batch;
import bgjob.job.BatchItem;
import bgjob.job.BgjobException;
import bgjob.job.ExitStatus;
import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.log.LogFile;
import bgjob.store.BatchFiles;
import bgjob.store.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is asked of batches alone: how each item stands, its log, and which items have to run again. */
public final class Batches {
    private final JobStore store;

    Batches(JobStore store) {
        this.store = store;
    }

    /** @return whether the job is a batch */
    public boolean isBatch(JobId id) {
        return store.facts(id).number("batch") > 0;
    }

    /** @return the items with which the job was started, or null when it is no batch */
    Batch batch(JobId id) {
        Facts facts = store.facts(id);
        return facts.number("batch") > 0 ? new Batch((int) Math.max(1, facts.number("slots")), store.batch(id).items()) : null;
    }

    /**
     * @return the items of a batch that has ended which were not completed: failed, paused, lost or never begun
     * @throws BgjobException when it is no batch, has not ended, or all of them were completed
     */
    Batch left(Job job) {
        Batch batch = batch(job.id());
        if (batch == null) {
            throw BgjobException.usage("job " + job.id() + " is no batch, so it has no failed items; to run it again: bgjob rerun " + job.id());
        }
        if (job.state() == null) {
            throw BgjobException.cannotTell("cannot run items of " + job.id() + " again: " + job.reason());
        }
        if (job.state() == JobState.LOST) {
            Holding.requireNoneLeft("batch", job);
        }
        if (job.active()) {
            throw BgjobException.failed("batch " + job.id() + " is " + job.state().word() + "; its failed items can run again when it has ended: bgjob wait "
                    + job.id());
        }
        List<BatchItem> left = new ArrayList<>();
        for (ItemResult result : results(job)) {
            if (result.state() != State.COMPLETED) {
                left.add(result.item());
            }
        }
        if (left.isEmpty()) {
            throw BgjobException.failed("every item of " + job.id() + " was completed; to run all of them again: bgjob rerun " + job.id());
        }
        return new Batch(batch.slots(), left);
    }

    /** @return how each item of a batch stands, in order; empty when the job is none */
    public List<ItemResult> results(Job job) {
        List<ItemResult> results = new ArrayList<>();
        if (!isBatch(job.id())) {
            return results;
        }
        BatchFiles files = store.batch(job.id());
        List<BatchItem> items = files.items();
        Map<Integer, BatchFiles.Ended> ended = files.ended();
        for (BatchItem item : items) {
            BatchFiles.Ended end = ended.get(item.number());
            State state = end != null ? state(end.exit()) : state(job, files.begun(item.number()));
            results.add(new ItemResult(item, state, end == null ? null : end.exit(), end == null ? null : end.millis(), files.log(item.number()),
                    end == null ? null : files.result(item.number())));
        }
        return results;
    }

    private static State state(int exit) {
        return exit == 0 ? State.COMPLETED : exit == ExitStatus.PAUSED ? State.PAUSED : State.FAILED;
    }

    private static State state(Job job, boolean begun) {
        if (job.active()) {
            return begun ? State.RUNNING : State.WAITING;
        }
        return begun ? State.LOST : State.NOT_RUN;
    }

    /**
     * @return the log of one item
     * @throws BgjobException when the job is no batch, or there is no such item, or it was not begun
     */
    public LogFile log(JobId id, int number) {
        Batch batch = batch(id);
        if (batch == null) {
            throw BgjobException.usage("job " + id + " is no batch, so it has no items; its output: bgjob logs " + id);
        }
        BatchFiles files = store.batch(id);
        if (files.begun(number)) {
            return new LogFile(files.log(number), LogGap.of(store, id, number));
        }
        for (BatchItem item : batch.items()) {
            if (item.number() == number) {
                throw BgjobException.notFound("item " + number + " of " + id + " has no output yet: it was not begun");
            }
        }
        List<BatchItem> items = batch.items();
        throw BgjobException.notFound("there is no item " + number + " in " + id + "; it has " + items.size()
                + (items.isEmpty() ? "" : ", from " + items.get(0).number() + " to " + items.get(items.size() - 1).number()));
    }
}
