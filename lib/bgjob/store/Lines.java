package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.Queueing;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who waits in which line, and who has the slots of a queue (docs/queue.md). The leaders of the jobs write it; it may name jobs that have ended. */
public final class Lines {
    private static final String LINE = "line.";
    private static final String SLOT = "slot.";
    private static final String MARK = "for.";

    private final LogsDir dir;
    private final JobIds ids;

    Lines(LogsDir dir, JobIds ids) {
        this.dir = dir;
        this.ids = ids;
    }

    /** @return the names of all queues, sorted */
    public List<String> queues() {
        List<String> names = new ArrayList<>();
        for (String name : names(dir.queues())) {
            if (Queueing.whyNotQueue(name) == null) {
                names.add(name);
            }
        }
        return names;
    }

    /** @return how many jobs of the queue may run at the same time; 1 unless somebody said otherwise */
    public int slots(String queue) {
        try (FileInputStream in = new FileInputStream(dir.slots(queue))) {
            long n = Facts.parse(new String(in.readNBytes(16), StandardCharsets.ISO_8859_1).strip());
            return n < 1 || n > Queueing.MOST_SLOTS ? 1 : (int) n;
        } catch (IOException e) {
            return 1;
        }
    }

    /**
     * Makes a queue, if there is none of that name.
     *
     * @param slots how many jobs of it may run at the same time from now on; 0 to leave that as it is
     * @throws BgjobException when it cannot be written
     */
    public void open(String queue, int slots) {
        try {
            if (!new File(dir.queues()).isDirectory()) {
                ids.change(() -> JobStore.makeDirectory(Path.of(dir.queues())));
            }
            JobStore.makeDirectory(Path.of(dir.queue(queue)));
            if (slots > 0 && slots(queue) != slots) {
                AtomicFile.write(Path.of(dir.slots(queue)), (slots + "\n").getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE);
                wake(dir.queue(queue) + "/wake");
            }
        } catch (IOException e) {
            throw BgjobException.failed("cannot write " + dir.queue(queue) + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /** The first in the line reads from this; opened in both directions, a FIFO keeps nobody waiting. */
    private static void wake(String fifo) {
        if (new File(fifo).exists()) {
            try (RandomAccessFile out = new RandomAccessFile(fifo, "rw")) {
                out.write('\n');
            } catch (IOException e) {
                // it looks by itself within some seconds
            }
        }
    }

    /** @return who stands in the queue's line, the first one first */
    public List<JobId> waiting(String queue) {
        List<JobId> line = new ArrayList<>();
        for (String name : names(dir.queue(queue))) {
            int dot = name.startsWith(LINE) ? name.indexOf('.', LINE.length()) : -1;
            int end = dot < 0 ? -1 : name.indexOf('.', dot + 1);
            JobId id = end < 0 ? null : JobId.parse(name.substring(end + 1));
            if (id != null) {
                line.add(id);
            }
        }
        return line;
    }

    /** @return who waits for that job to end, or will when it has waited for others */
    public List<JobId> waitingFor(JobId id) {
        List<JobId> waiters = new ArrayList<>();
        for (String name : names(dir.waiters(id))) {
            JobId waiter = name.startsWith(MARK) ? JobId.parse(name.substring(MARK.length())) : null;
            if (waiter != null) {
                waiters.add(waiter);
            }
        }
        return waiters;
    }

    /** @return who took the queue's slots last, one for each slot that was ever used */
    public List<JobId> holders(String queue) {
        List<JobId> holders = new ArrayList<>();
        List<String> names = names(dir.queue(queue));
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            int dot = name.startsWith(SLOT) ? name.indexOf('.', SLOT.length()) : -1;
            boolean newest = dot > 0 && (i + 1 == names.size() || !names.get(i + 1).startsWith(name.substring(0, dot + 1)));
            JobId id = newest ? owner(dir.queue(queue) + "/" + name) : null;
            if (id != null) {
                holders.add(id);
            }
        }
        return holders;
    }

    private static JobId owner(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            return JobId.parse(new String(in.readNBytes(1024), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return null;
        }
    }

    private static List<String> names(String folder) {
        String[] names = new File(folder).list();
        if (names == null) {
            return List.of();
        }
        Arrays.sort(names);
        return Arrays.asList(names);
    }
}
