package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a job's leader writes else: the record of one that begins later, elsewhere, and an ending that no leader could record. */
public final class Ledger {
    private final LogsDir dir;
    private final JobIds ids;
    private final JobStore store;

    Ledger(LogsDir dir, JobIds ids, JobStore store) {
        this.dir = dir;
        this.ids = ids;
        this.store = store;
    }

    /**
     * Records a claimed job whose leader begins later, elsewhere.
     *
     * @param lines as {@link MetaFile#line} makes them
     * @throws BgjobException when it cannot be written
     */
    public void record(JobId id, List<String> lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            ids.change(() -> AtomicFile.write(Path.of(dir.meta(id)), text, AtomicFile.PRIVATE));
        } catch (IOException e) {
            throw BgjobException.failed("cannot write " + dir.meta(id) + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /** Takes {@link #record} back: a leader that finds no meta runs nothing. */
    public void unrecord(JobId id) {
        try {
            ids.change(() -> Files.deleteIfExists(Path.of(dir.meta(id))));
        } catch (IOException e) {
            throw BgjobException.failed("cannot remove " + dir.meta(id) + " of a job that was not started: " + Failure.reason(e));
        }
    }

    /**
     * Records an ending that no leader could; does nothing when one is recorded.
     *
     * @param lines facts that go before it, as {@link MetaFile#line} makes them, each with its newline
     * @param by who knows that it ended
     * @throws BgjobException when it cannot be written
     */
    public void recordEnding(JobId id, int code, String lines, String by) {
        if (store.exit(id) != JobStore.NO_EXIT) {
            return;
        }
        MetaFile.append(dir.meta(id), lines + MetaFile.line("exit", Integer.toString(code)) + "\n" + MetaFile.line("ended_by", by) + "\n");
        try {
            ids.change(() -> AtomicFile.writeOnce(Path.of(dir.exit(id)), (code + "\n").getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE));
        } catch (IOException e) {
            throw BgjobException.failed("cannot record the ending of " + id + " in " + dir.exit(id) + ": " + Failure.reason(e));
        }
    }
}
