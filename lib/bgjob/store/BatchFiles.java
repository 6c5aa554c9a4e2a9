package bgjob.store;

import bgjob.job.Batch;
import bgjob.job.BatchItem;
import bgjob.job.BatchItems;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The folder of a batch: {@code items}, {@code results}, and a log for each item that was begun (docs/files.md). */
public final class BatchFiles {
    private final LogsDir dir;
    private final JobId id;

    BatchFiles(LogsDir dir, JobId id) {
        this.dir = dir;
        this.id = id;
    }

    /**
     * How an item ended.
     *
     * @param exit its exit status, 0 to 255
     * @param millis how long it took
     */
    public record Ended(int exit, long millis) {
    }

    /** Makes the folder, with the items and no results. */
    void create(Batch batch) {
        try {
            Files.createDirectory(Path.of(dir.batch(id)), PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
            AtomicFile.create(Path.of(dir.batchResults(id)), AtomicFile.PRIVATE);
            AtomicFile.write(Path.of(dir.batchItems(id)), BatchItems.write(batch.items()), AtomicFile.PRIVATE);
        } catch (IOException e) {
            throw BgjobException.failed("cannot write " + dir.batch(id) + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /** Removes what {@link #create} made. */
    void abandon() {
        for (String path : new String[] {dir.batchItems(id), dir.batchResults(id), dir.batch(id)}) {
            new File(path).delete();
        }
    }

    /** @throws BgjobException when the items file cannot be read */
    public List<BatchItem> items() {
        try {
            return BatchItems.read(Files.readAllBytes(Path.of(dir.batchItems(id))));
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + dir.batchItems(id) + ", which names the items of " + id + ": " + Failure.reason(e));
        }
    }

    /** @return how the items ended that have, by number; a line that was cut off does not count */
    public Map<Integer, Ended> ended() {
        Map<Integer, Ended> ended = new HashMap<>();
        String text;
        try {
            text = new String(Files.readAllBytes(Path.of(dir.batchResults(id))), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return ended;
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + dir.batchResults(id) + ": " + Failure.reason(e));
        }
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            String[] words = text.substring(start, end).split(" ");
            start = end + 1;
            long number = words.length == 4 ? whole(words[0]) : -1;
            long exit = number > 0 ? whole(words[1]) : -1;
            if (exit >= 0 && exit <= 255) {
                ended.putIfAbsent((int) number, new Ended((int) exit, Math.max(0, millis(words[3]) - millis(words[2]))));
            }
        }
        return ended;
    }

    private static long whole(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static long millis(String seconds) {
        try {
            return Math.round(Double.parseDouble(seconds) * 1000);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** @return the path of an item's log */
    public String log(int number) {
        return dir.itemLog(id, number);
    }

    /** @return whether the item was begun: its log is there */
    public boolean begun(int number) {
        return new File(log(number)).exists();
    }

    /** @return the path of what an item left as its result, or null when it left none */
    public String result(int number) {
        String path = dir.itemResult(id, number);
        return new File(path).isFile() ? path : null;
    }
}
