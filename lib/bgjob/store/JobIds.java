package bgjob.store;

import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Which jobs there are: from the index where there is a valid one, else from the directory itself; never with another answer. */
final class JobIds {
    /** Fewer names than this are listed faster than an index is read. */
    static final int FEW = 400;

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
        return index == null ? null : recorded(index, label, most);
    }

    /** A claim may have come to nothing, so each is looked for; then it takes more to have enough. */
    private List<JobId> recorded(IdIndex index, String label, int most) {
        try {
            List<JobId> recorded = new ArrayList<>();
            JobId last = null;
            for (JobId id : index.newest(label, most)) {
                boolean again = last != null && last.compareTo(id) == 0;
                if (recorded.size() < most && !again && isRecorded(id)) {
                    recorded.add(id);
                }
                last = id;
            }
            return recorded;
        } catch (IOException e) {
            new File(dir.indexStamp()).delete();
            return null;
        }
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
            if (lock != null && first) { // to make the index changed the directory
                before = time();
                scan = Scan.of(dir);
            }
            if (lock != null && before != null && !IdIndex.valid(dir)) {
                IdIndex.rebuild(dir, scan, before);
            }
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
     * Makes a claim's log and has the index know of it.
     *
     * @param make makes the log of one id that is free
     * @return the id that was taken
     */
    JobId claim(String label, Claim make) throws IOException {
        JobId newest = newest(label);
        if (!new File(dir.indexStamp()).exists()) {
            return make.after(newest);
        }
        try (IndexLock lock = IndexLock.take(dir)) {
            IdIndex index = lock == null ? null : IdIndex.open(dir);
            JobId id = make.after(newest);
            if (index != null) {
                index.add(id);
            }
            return id;
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

    /** Takes the next free id. */
    interface Claim {
        /** @param newest the label's newest job, or null when it has none */
        JobId after(JobId newest) throws IOException;
    }

    /** A change of the directory. */
    interface Change {
        void make() throws IOException;
    }
}
