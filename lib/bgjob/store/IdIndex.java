package bgjob.store;

import bgjob.job.JobId;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The ids of a large {@code .logs} directory, so that commands need not list it; a cache that may be removed, damaged or outdated at
 * any time. It holds every id that was taken; whether a job was recorded for it is looked up. It is valid as long as the directory has
 * the modification time of {@code index/stamp}. What bgjob and its job scripts change in the directory themselves they account for:
 * where the index was valid just before, they give the stamp the new time (docs/decisions/0015-index-of-ids.md). Any other change shows
 * by the time, and the directory is listed again.
 */
final class IdIndex {
    /** New ids beside the sorted ones; then the directory is listed again. */
    private static final int MOST_NEW = 512;
    private static final int SUM = 8;
    private static final String MODIFIED = "lastModifiedTime";
    private static final String CHANGED = "ctime";

    private final LogsDir dir;
    private final String generation;
    private final String fresh;
    private final int sum;

    private IdIndex(LogsDir dir, String generation, String fresh, int sum) {
        this.dir = dir;
        this.generation = generation;
        this.fresh = fresh;
        this.sum = sum;
    }

    /** @return the index, or null when there is none that can be trusted */
    static IdIndex open(LogsDir dir) {
        if (!valid(dir)) {
            return null;
        }
        try {
            String stamp = text(dir.indexStamp()); // GENERATION SUM
            int blank = stamp.indexOf(' ');
            if (blank < 1 || stamp.length() != blank + 1 + SUM + 1) {
                return null;
            }
            String fresh = text(dir.indexNew());
            String generation = stamp.substring(0, blank);
            int sum = sum(fresh, generation.hashCode());
            return stamp.startsWith(Checksum.hex(sum), blank + 1) ? new IdIndex(dir, generation, fresh, sum) : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** @return whether nothing but what the index knows has changed the directory */
    static boolean valid(LogsDir dir) {
        File stamp = new File(dir.indexStamp());
        if (!stamp.exists()) {
            return false;
        }
        try {
            Map<String, Object> now = Files.readAttributes(Path.of(dir.path()), "unix:" + MODIFIED + "," + CHANGED);
            Map<String, Object> known = Files.readAttributes(Path.of(dir.indexStamp()), "unix:" + MODIFIED + "," + CHANGED);
            if (!now.get(MODIFIED).equals(known.get(MODIFIED))) {
                return false;
            }
            // who restores a backup gives the directory an old time, behind the stamp; this shows by the time that nobody can give, unless
            // both were done within a tick of the clock: only where nobody gave the directory its time, the two may be the same
            int behind = ((FileTime) known.get(CHANGED)).compareTo((FileTime) now.get(CHANGED));
            return behind > 0 || behind == 0 && now.get(CHANGED).equals(now.get(MODIFIED));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /**
     * @param label the label, or null for all
     * @param most up to {@link IdPages#NEWEST} where there is no label
     * @return the newest ids, newest first, at least {@code most} if there are as many; some may be claims that no job is recorded for
     * @throws IOException when the index turns out to be damaged
     */
    List<JobId> newest(String label, int most) throws IOException {
        List<JobId> ids = fresh(label);
        boolean mixed = !ids.isEmpty();
        try (IdPages pages = IdPages.open(dir.indexIds(), generation)) {
            ids.addAll(label == null ? pages.newest(most) : pages.newest(label, most));
        }
        if (mixed) {
            ids.sort(Collections.reverseOrder());
        }
        return ids;
    }

    private List<JobId> fresh(String label) throws IOException {
        List<JobId> ids = new ArrayList<>();
        int start = 0;
        for (int end = fresh.indexOf('\n'); end >= 0; end = fresh.indexOf('\n', start)) {
            if (label == null || fresh.startsWith(label, start)) {
                JobId id = JobId.parse(fresh.substring(start, end));
                if (id == null) {
                    throw new IOException("no id at " + start);
                }
                if (label == null || id.label().equals(label)) {
                    ids.add(id);
                }
            }
            start = end + 1;
        }
        return ids;
    }

    /**
     * Takes a claim up; with {@link IndexLock} held, and the index valid before the claim's log was made.
     *
     * @return whether it could; if not, {@link #discard} the index, and the next command that needs it makes it anew
     */
    boolean add(JobId id) {
        String line = id + "\n";
        try {
            if (fresh.length() >= MOST_NEW * 32) {
                return false;
            }
            AtomicFile.append(Path.of(dir.indexNew()), line.getBytes(StandardCharsets.US_ASCII));
            AtomicFile.write(Path.of(dir.indexStamp()), stamp(generation, sum(line, sum)), AtomicFile.PRIVATE);
            restamp(dir);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes the index worthless: it misses something. That its stamp is old is not enough, since a leader that found it valid a moment ago
     * may still give it the directory's new time. The line stays when another process writes a stamp meanwhile.
     */
    static void discard(LogsDir dir) {
        if (new File(dir.indexStamp()).exists()) {
            try {
                AtomicFile.append(Path.of(dir.indexNew()), new byte[] {'?', '\n'});
            } catch (IOException e) {
                // then the stamp must go
            }
            new File(dir.indexStamp()).delete();
        }
    }

    /** Says that the directory's last change is accounted for; where that cannot be said, the stamp stays behind. */
    static void restamp(LogsDir dir) {
        try {
            Files.setLastModifiedTime(Path.of(dir.indexStamp()), time(dir.path()));
        } catch (IOException e) {
            // the directory is listed next time
        }
    }

    /**
     * Makes the index anew; with {@link IndexLock} held. Best effort: without an index all works as well.
     *
     * @param before the directory's time before the scan
     */
    static void rebuild(LogsDir dir, Scan scan, FileTime before) {
        try {
            String generation = Long.toString(System.currentTimeMillis(), 36) + "-" + ProcessHandle.current().pid();
            AtomicFile.write(Path.of(dir.indexIds()), IdPages.bytes(scan.taken(), generation), AtomicFile.PRIVATE);
            AtomicFile.write(Path.of(dir.indexNew()), new byte[0], AtomicFile.PRIVATE);
            AtomicFile.write(Path.of(dir.indexStamp()), stamp(generation, sum("", generation.hashCode())), AtomicFile.PRIVATE);
            Files.setLastModifiedTime(Path.of(dir.indexStamp()), before);
        } catch (IOException e) {
            new File(dir.indexStamp()).delete();
        }
    }

    private static byte[] stamp(String generation, int sum) {
        return (generation + " " + Checksum.hex(sum) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static int sum(String text, int before) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return Checksum.of(bytes, 0, bytes.length, before);
    }

    /** @return the file's modification time */
    static FileTime time(String path) throws IOException {
        return Files.getLastModifiedTime(Path.of(path));
    }

    private static String text(String path) throws IOException {
        LogsDir.check(path);
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
