package bgjob.store;

import bgjob.job.JobId;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What lies under a {@code .logs} directory and belongs to no job: what a {@code run} left that was killed before its job was recorded,
 * what a removal left, and files that were being written. Nothing that is younger than an hour: somebody may be at it.
 *
 * @param ids ids that are taken and not recorded
 * @param temporary paths of files that were being written
 */
public record Leftovers(List<JobId> ids, List<String> temporary) {
    private static final long HOUR = 3_600_000;
    private static final List<String> SUFFIXES = List.of(LogsDir.LOG, LogsDir.PID, LogsDir.SCRIPT, LogsDir.CHECKPOINT, LogsDir.PROGRESS, LogsDir.RESULT,
            LogsDir.BATCH, LogsDir.WAITERS, LogsDir.SLURM, LogsDir.PATCH, LogsDir.WORKTREE);

    /** @param now milliseconds since 1970 UTC */
    static Leftovers find(LogsDir dir, JobIds jobs, long now) {
        List<String> temporary = new ArrayList<>();
        Set<JobId> ids = new TreeSet<>();
        for (String folder : new String[] {dir.path(), dir.jobs(), dir.index()}) {
            String[] names = new File(folder).list();
            for (String name : names == null ? new String[0] : names) {
                JobId id = id(name);
                if (id != null && !folder.equals(dir.index()) && !jobs.isRecorded(id)) {
                    ids.add(id);
                } else if (temporary(name, folder.equals(dir.index())) && now - new File(folder, name).lastModified() > HOUR) {
                    temporary.add(folder + "/" + name);
                }
            }
        }
        List<JobId> old = new ArrayList<>();
        for (JobId id : ids) {
            if (now - newest(dir, id) > HOUR && !jobs.isRecorded(id)) {
                old.add(id);
            }
        }
        temporary.sort(null);
        return new Leftovers(old, temporary);
    }

    private static JobId id(String name) {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix)) {
                return JobId.parse(name.substring(0, name.length() - suffix.length()));
            }
        }
        return null;
    }

    private static long newest(LogsDir dir, JobId id) {
        long newest = 0;
        for (String path : dir.paths(id)) {
            newest = Math.max(newest, new File(path).lastModified());
        }
        return newest;
    }

    /** {@code .NAME.PID-THREAD}, as AtomicFile writes it, and {@code .ID.exit}, as a leader does. */
    private static boolean temporary(String name, boolean index) {
        if (!name.startsWith(".")) {
            return false;
        }
        if (name.endsWith(LogsDir.EXIT)) {
            return JobId.parse(name.substring(1, name.length() - LogsDir.EXIT.length())) != null;
        }
        int dot = name.lastIndexOf('.');
        int dash = name.indexOf('-', dot);
        boolean spelled = dot > 1 && number(name, dot + 1, dash) && number(name, dash + 1, name.length());
        return spelled && ours(name.substring(1, dot), index);
    }

    /** Others may keep files in a directory that --dir names. */
    private static boolean ours(String name, boolean index) {
        boolean exit = name.endsWith(LogsDir.EXIT) && JobId.parse(name.substring(0, name.length() - LogsDir.EXIT.length())) != null;
        return index || exit || id(name) != null || name.equals(".gitignore");
    }

    private static boolean number(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to && from > 0;
    }
}
