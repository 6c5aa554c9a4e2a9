package bgjob.store;

import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which jobs there are: from the index where there is a valid one, else from the directory itself; never with another answer. */
final class JobIds {
    /** Fewer names than this are listed faster than an index is read. */
    static final int FEW = 400;
    /** A file system's clock stands still for this long at most; two changes in that time have the same time. */
    private static final long TICK = 20;

    private final LogsDir dir;

    JobIds(LogsDir dir) {
        this.dir = dir;
    }

    /** @return the label's jobs, with null all, newest first */
    List<JobId> all(String label) {
        return Scan.of(dir).ids(label);
    }

    /** @return every label that has a job */
    Set<String> labels() {
        return Scan.of(dir).labels();
    }

    /** @return the newest job of the label, or with null of all labels, or null when there is none */
    JobId newest(String label) {
        List<JobId> known = known(label, 1);
        if (known != null) {
            return known.isEmpty() ? null : known.get(0);
        }
        return scan().newest(label);
    }

    /** @return the newest jobs of the label, with null of all, newest first, at most {@code most} */
    List<JobId> newest(String label, int most) {
        List<JobId> ids = label == null && most > IdPages.NEWEST ? null : known(label, most);
        if (ids == null) {
            ids = scan().ids(label);
        }
        return ids.size() > most ? ids.subList(0, most) : ids;
    }

    /** What the index says; null when it cannot be trusted. */
    private List<JobId> known(String label, int most) {
        IdIndex index = IdIndex.open(dir);
        try {
            // a claim may have come to nothing; then it takes more ids to have enough jobs
            for (int ids = most; index != null && (label != null || ids <= IdPages.NEWEST); ids *= 4) {
                List<JobId> taken = index.newest(label, ids);
                List<JobId> recorded = recorded(taken, most);
                if (recorded.size() == most || taken.size() < ids) {
                    return recorded;
                }
            }
        } catch (IOException e) {
            new File(dir.indexStamp()).delete();
        }
        return null;
    }

    private List<JobId> recorded(List<JobId> taken, int most) {
        List<JobId> recorded = new ArrayList<>();
        for (JobId id : taken) {
            if (recorded.size() < most && isRecorded(id)) {
                recorded.add(id);
            }
        }
        return recorded;
    }

    /** @return whether a job of that id is recorded */
    boolean isRecorded(JobId id) {
        return new File(dir.meta(id)).exists() || new File(dir.exit(id)).exists();
    }

    private Scan scan() {
        FileTime before = time();
        Scan scan = Scan.of(dir);
        if (scan.size() < FEW || before == null) {
            return scan;
        }
        boolean first = !new File(dir.index()).exists();
        try (IndexLock lock = IndexLock.make(dir)) {
            if (lock == null || IdIndex.open(dir) != null) {
                return scan;
            }
            // to make the index changed the directory; and who changes it again in the same tick would not be seen
            if (first || System.currentTimeMillis() - before.toMillis() < TICK) {
                Thread.sleep(TICK);
                before = time();
                scan = Scan.of(dir);
            }
            if (before != null) {
                IdIndex.rebuild(dir, scan, before);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return scan;
    }

    private FileTime time() {
        try {
            return IdIndex.time(dir.path());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Takes the next free id of the label by making its log, and has the index know of it.
     *
     * @param stamp the local time, as an id has it
     * @return the id that was taken
     */
    JobId claim(String label, String stamp) throws IOException {
        JobId newest = newest(label);
        JobId id = new JobId(label, stamp, 1);
        if (newest != null && newest.compareTo(id) >= 0) {
            id = newest.next();
        }
        boolean indexed = new File(dir.indexStamp()).exists();
        try (IndexLock lock = indexed ? IndexLock.take(dir) : null) {
            IdIndex index = lock == null ? null : IdIndex.open(dir);
            JobId taken = take(id);
            if (index == null || !index.add(taken)) {
                IdIndex.discard(dir);
            }
            return taken;
        }
    }

    /** Makes the log of that id, or of the next one that is free. */
    private JobId take(JobId first) throws IOException {
        JobId id = first;
        while (true) {
            try {
                if (!isRecorded(id) && !new File(dir.script(id)).exists()) {
                    AtomicFile.create(Path.of(dir.log(id)), AtomicFile.PRIVATE);
                    return id;
                }
            } catch (FileAlreadyExistsException e) {
                // another run was faster: the next one then
            }
            id = id.next();
        }
    }

    /** Makes a change of the directory that leaves the ids as they are. */
    void change(Change change) throws IOException {
        boolean valid = IdIndex.valid(dir);
        change.make();
        if (valid) {
            IdIndex.restamp(dir);
        }
    }

    /** A change of the directory. */
    interface Change {
        void make() throws IOException;
    }
}
