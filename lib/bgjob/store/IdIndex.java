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

/**
 * The ids of a large {@code .logs} directory, so that commands need not list it; a cache that may be removed, damaged or outdated at
 * any time. It is valid as long as the directory has the modification time of {@code index/stamp}. What bgjob and its job scripts
 * change in the directory themselves they account for: where the index was valid just before, they give the stamp the new time
 * (docs/decisions/0015-index-of-ids.md). Any other change shows by the time, and the directory is listed again.
 */
final class IdIndex {
    /** New ids beside the sorted ones; then the directory is listed again. */
    private static final int MOST_NEW = 512;
    private static final int SUM = 8;

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
            return time(dir.path()).equals(time(dir.indexStamp()));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param label the label, or null for all
     * @param most up to {@link IdPages#NEWEST} where there is no label
     * @return the newest ids, newest first, at least {@code most} if there are as many; some of them may be claims that no job is recorded for
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

    /** Takes a claim up; with {@link IndexLock} held, and the index valid before the claim's log was made. */
    void add(JobId id) {
        String line = id + "\n";
        try {
            if (fresh.length() < MOST_NEW * 32) { // else it is let go, and made anew by the next command that needs it
                AtomicFile.append(Path.of(dir.indexNew()), line.getBytes(StandardCharsets.US_ASCII));
                AtomicFile.write(Path.of(dir.indexStamp()), stamp(generation, sum(line, sum)), AtomicFile.PRIVATE);
                restamp(dir);
            }
        } catch (IOException e) {
            // the stamp stays behind, and the directory is listed next time
        }
    }

    /** Says that the directory's last change is accounted for. */
    static void restamp(LogsDir dir) throws IOException {
        Files.setLastModifiedTime(Path.of(dir.indexStamp()), time(dir.path()));
    }

    /**
     * Makes the index anew; with {@link IndexLock} held. Best effort: without an index all works as well.
     *
     * @param before the directory's time before the scan
     */
    static void rebuild(LogsDir dir, Scan scan, FileTime before) {
        try {
            StringBuilder claims = new StringBuilder();
            for (JobId id : scan.claims(MOST_NEW / 2)) {
                claims.append(id).append('\n');
            }
            String generation = Long.toString(System.currentTimeMillis(), 36) + "-" + ProcessHandle.current().pid();
            byte[] fresh = claims.toString().getBytes(StandardCharsets.US_ASCII);
            AtomicFile.write(Path.of(dir.indexIds()), IdPages.bytes(scan.ids(null), generation), AtomicFile.PRIVATE);
            AtomicFile.write(Path.of(dir.indexNew()), fresh, AtomicFile.PRIVATE);
            AtomicFile.write(Path.of(dir.indexStamp()), stamp(generation, sum(claims.toString(), generation.hashCode())), AtomicFile.PRIVATE);
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
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
