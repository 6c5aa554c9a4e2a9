package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One look at all the files of a {@code .logs} directory, for what is left over, damaged or large; nothing is changed. */
public final class StoreReview {
    /** How the index of ids stands. */
    public enum Index { UNNEEDED, GOOD, STALE, DAMAGED, MISSING, COARSE }

    /**
     * The logs.
     *
     * @param total bytes of all
     * @param biggest the job with the biggest, or null when there is none
     * @param size bytes of that one
     */
    public record Logs(long total, JobId biggest, long size) {
    }

    /** What is being written, or claimed by a job that is about to start, is younger. */
    private static final long FRESH = 10 * 60_000L;
    private static final int LONGEST_EXIT = 4;

    private final LogsDir dir;
    private final String[] names;
    private final Set<String> recorded = new HashSet<>();
    private final Index index;

    private StoreReview(LogsDir dir, String[] names) {
        this.dir = dir;
        this.names = names;
        for (String name : names) {
            if (name.endsWith(LogsDir.META) || name.endsWith(LogsDir.EXIT)) {
                recorded.add(name);
            }
        }
        this.index = indexNow();
    }

    /** @throws BgjobException when there is something at the path that cannot be listed; nothing there is an empty directory */
    public static StoreReview of(String path) {
        LogsDir dir = new LogsDir(path);
        return new StoreReview(dir, Scan.of(dir).names());
    }

    /** @return jobs without an ending, and those whose ending has no length that one can have, newest first */
    public List<JobId> doubtful() {
        List<JobId> ids = new ArrayList<>();
        for (String name : recorded) {
            String stem = name.substring(0, name.length() - LogsDir.META.length());
            long length = name.endsWith(LogsDir.EXIT) ? new File(dir.path(), name).length() : 0;
            boolean doubtful = name.endsWith(LogsDir.EXIT) ? length < 2 || length > LONGEST_EXIT : !recorded.contains(stem + LogsDir.EXIT);
            JobId id = doubtful ? JobId.parse(stem) : null;
            if (id != null) {
                ids.add(id);
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    /** @return names of logs without a record that no job is about to have, sorted */
    public List<String> orphans() {
        List<String> orphans = new ArrayList<>();
        for (String name : names) {
            if (name.endsWith(LogsDir.LOG)) {
                String stem = name.substring(0, name.length() - LogsDir.LOG.length());
                boolean known = recorded.contains(stem + LogsDir.META) || recorded.contains(stem + LogsDir.EXIT);
                if (!known && JobId.parse(stem) != null && old(new File(dir.path(), name))) {
                    orphans.add(name);
                }
            }
        }
        orphans.sort(null);
        return orphans;
    }

    /** @return names, below the directory, of temporary files that were left by a process that was killed, sorted */
    public List<String> temporaries() {
        List<String> found = new ArrayList<>();
        String[] inJobs = new File(dir.jobs()).list();
        temporaries(found, "", names);
        temporaries(found, "jobs/", inJobs == null ? new String[0] : inJobs);
        found.sort(null);
        return found;
    }

    private void temporaries(List<String> found, String folder, String[] there) {
        for (String name : there) {
            File file = new File(dir.path(), folder + name);
            if (name.startsWith(".") && !file.getPath().equals(dir.gitignore()) && file.isFile() && old(file)) {
                found.add(folder + name);
            }
        }
    }

    private static boolean old(File file) {
        return file.lastModified() < System.currentTimeMillis() - FRESH;
    }

    /** @return how large the logs are */
    public Logs logs() {
        long total = 0;
        long most = -1;
        JobId biggest = null;
        for (String name : names) {
            JobId id = name.endsWith(LogsDir.LOG) ? JobId.parse(name.substring(0, name.length() - LogsDir.LOG.length())) : null;
            long size = id == null ? 0 : new File(dir.path(), name).length();
            total += size;
            if (id != null && size > most) {
                biggest = id;
                most = size;
            }
        }
        return new Logs(total, biggest, Math.max(0, most));
    }

    /** @return how the index stood when this look began */
    public Index index() {
        return index;
    }

    private Index indexNow() {
        if (!new File(dir.indexStamp()).exists()) {
            boolean coarse = new File(dir.indexOlder()).exists() && !new File(dir.indexLock()).exists();
            return coarse ? Index.COARSE : names.length < JobIds.FEW ? Index.UNNEEDED : Index.MISSING;
        }
        if (!IdIndex.valid(dir)) {
            return Index.STALE;
        }
        try {
            IdIndex open = IdIndex.open(dir);
            return open == null || open.newest(null, IdPages.NEWEST) == null ? Index.DAMAGED : Index.GOOD;
        } catch (IOException | RuntimeException e) {
            return Index.DAMAGED;
        }
    }

    /**
     * Writes a file as the store does, and removes it; in {@code jobs/}, so that the index stays valid.
     *
     * @return whether times finer than a second are kept
     * @throws BgjobException when nothing can be written
     */
    public static boolean probe(String path) {
        String own = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
        Path folder = Path.of(new LogsDir(path).jobs());
        Path file = (Files.isDirectory(folder) ? folder : Path.of(path)).resolve(".probe." + own);
        FileTime fine = FileTime.from(1_000_001_000L, TimeUnit.NANOSECONDS);
        try {
            AtomicFile.create(file, AtomicFile.PRIVATE);
            AtomicFile.append(file, new byte[] {'\n'});
            Files.setLastModifiedTime(file, fine);
            return Files.getLastModifiedTime(file).equals(fine);
        } catch (IOException e) {
            throw BgjobException.failed("cannot write in " + path + ": " + Failure.reason(e));
        } finally {
            file.toFile().delete();
        }
    }
}
