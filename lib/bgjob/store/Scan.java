package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One look at all names under a {@code .logs} directory: what there is, and nothing remembered. A job is recorded when it has a
 * {@code .meta} or an {@code .exit}.
 */
final class Scan {
    private final String[] names;

    private Scan(String[] names) {
        this.names = names;
    }

    /** @throws BgjobException when there is something at the path that cannot be listed; nothing there is an empty directory */
    static Scan of(LogsDir dir) {
        File file = new File(dir.path());
        String[] names = file.list();
        if (names == null && file.exists()) {
            throw file.isDirectory()
                    ? BgjobException.cannotTell("cannot list " + dir.path() + ": permission denied; the jobs in it may be another user's")
                    : dir.notADirectory();
        }
        return new Scan(names == null ? new String[0] : names);
    }

    /** @return how many names there are, those of other files among them */
    int size() {
        return names.length;
    }

    String[] names() {
        return names;
    }

    /** @return the ids of the label's jobs, newest first; with null of all labels */
    List<JobId> ids(String label) {
        List<JobId> ids = new ArrayList<>();
        Set<String> described = new HashSet<>();
        for (String name : names) {
            if (name.endsWith(LogsDir.META)) {
                add(ids, name, LogsDir.META, label);
                described.add(stem(name, LogsDir.META));
            }
        }
        for (String name : names) {
            if (name.endsWith(LogsDir.EXIT) && !described.contains(stem(name, LogsDir.EXIT))) {
                add(ids, name, LogsDir.EXIT, label);
            }
        }
        ids.sort(Collections.reverseOrder());
        return ids;
    }

    /** @return the ids that are recorded or at least claimed, in any order; a claim's leader may be about to record it */
    List<JobId> taken() {
        List<JobId> taken = new ArrayList<>();
        Set<String> stems = new HashSet<>();
        for (String name : names) {
            String suffix = name.endsWith(LogsDir.LOG) ? LogsDir.LOG : name.endsWith(LogsDir.META) ? LogsDir.META : LogsDir.EXIT;
            if (name.endsWith(suffix) && stems.add(stem(name, suffix))) {
                add(taken, name, suffix, null);
            }
        }
        return taken;
    }

    /** @return the newest job of the label, or with null of all labels, or null when there is none */
    JobId newest(String label) {
        JobId newest = null;
        for (String name : names) {
            JobId id = recorded(name, label);
            if (id != null && (newest == null || id.compareTo(newest) > 0)) {
                newest = id;
            }
        }
        return newest;
    }

    /** @return every label that has a job */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        for (String name : names) {
            JobId id = recorded(name, null);
            if (id != null) {
                labels.add(id.label());
            }
        }
        return labels;
    }

    private static JobId recorded(String name, String label) {
        int dot = name.length() - LogsDir.META.length();
        if (dot < 1 || name.charAt(dot) != '.' || !name.endsWith(LogsDir.META) && !name.endsWith(LogsDir.EXIT)) {
            return null;
        }
        return parse(name, dot, label);
    }

    private static void add(List<JobId> ids, String name, String suffix, String label) {
        JobId id = parse(name, name.length() - suffix.length(), label);
        if (id != null) {
            ids.add(id);
        }
    }

    private static JobId parse(String name, int end, String label) {
        if (label != null && !(end > label.length() && name.charAt(label.length()) == '_' && name.startsWith(label))) {
            return null;
        }
        JobId id = JobId.parse(name.substring(0, end));
        return id != null && (label == null || label.equals(id.label())) ? id : null;
    }

    private static String stem(String name, String suffix) {
        return name.substring(0, name.length() - suffix.length());
    }
}
