package bgjob.backend.slurm;

import bgjob.process.Commands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What squeue says, remembered: the first call asks about all jobs of the user at once, and further ones come at growing intervals, so
 * that neither many jobs nor a long wait burdens the controller. A call that fails says nothing about any job.
 */
final class Controller {
    /** The longest that a call may take; Slurm's own programs give up after some seconds. */
    private static final long MOST_MILLIS = 30_000;
    private static final long FIRST = 100;
    private static final long LONGEST = 15_000;
    private static final int SHARE = 5;
    /** A job, and the array of one that is a batch. */
    private static final int FEW = 2;
    /** Variables that change what squeue shows. */
    private static final List<String> FILTERS = List.of("SQUEUE_ACCOUNT", "SQUEUE_LICENSES", "SQUEUE_NAMES", "SQUEUE_PARTITION", "SQUEUE_QOS",
            "SQUEUE_SORT", "SQUEUE_USERS", "SQUEUE_STATES", "SQUEUE_ALL", "SQUEUE_FEDERATION", "SQUEUE_SIBLING");

    private final Map<String, Row> rows = new HashMap<>();
    private final Set<String> wanted = new TreeSet<>();
    private boolean asked;
    /** Whether the last call asked about one job alone. */
    private boolean lastOnlyOne;
    private long next;
    private long interval = FIRST;
    private long silentSince = -1;
    private String silence;

    /** @return what is known of the job, or null when the controller does not know it; not to be trusted while it is {@link #silence} */
    synchronized Row row(String id) {
        boolean unheard = wanted.add(id) && lastOnlyOne && silence == null;
        if (!asked || unheard || System.nanoTime() >= next) {
            ask();
        }
        return rows.get(id);
    }

    /** @return how many tasks of that array have not ended, as the next call says that is due */
    synchronized int active(String array) {
        row(array); // asks if it is time to
        int active = 0;
        for (Row row : rows.values()) {
            active += row.active() && (row.id().startsWith(array + "_") || row.id().equals(array)) ? 1 : 0;
        }
        return active;
    }

    /** What is known is old: something was done to a job. */
    synchronized void changed() {
        asked = false;
        interval = FIRST;
    }

    /** @return why the last call got no answer, or null when it got one */
    synchronized String silence() {
        return silence;
    }

    /** @return for how long there has been no answer, in milliseconds */
    synchronized long silentMillis() {
        return silentSince < 0 ? 0 : (System.nanoTime() - silentSince) / 1_000_000;
    }

    private void ask() {
        boolean one = asked && wanted.size() <= FEW;
        List<String> words = new ArrayList<>(List.of("-h", "-r", "-t", "all", "-O", Row.format()));
        words.addAll(one ? List.of("-j", String.join(",", wanted)) : List.of("--me"));
        long begun = System.nanoTime();
        Commands.Result result = squeue(words);
        long took = (System.nanoTime() - begun) / 1_000_000;
        if (result.exit() == 0 || unknown(result)) {
            rows.clear();
            for (String line : result.exit() == 0 ? result.output().split("\n") : new String[0]) {
                Row row = Row.parse(line);
                if (row != null) {
                    rows.put(row.id(), row);
                }
            }
            lastOnlyOne = one;
            silence = null;
            silentSince = -1;
        } else {
            silence = sentence(result);
            silentSince = silentSince < 0 ? begun : silentSince;
        }
        asked = true;
        next = System.nanoTime() + Math.max(interval, SHARE * took) * 1_000_000;
        interval = Math.min(2 * interval, LONGEST);
    }

    static Commands.Result squeue(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add("env");
        for (String name : FILTERS) {
            command.add("-u");
            command.add(name);
        }
        command.add("SLURM_TIME_FORMAT=%s");
        command.add("squeue");
        command.addAll(options);
        return Commands.run(command, MOST_MILLIS);
    }

    private static boolean unknown(Commands.Result result) {
        return result.output().contains("Invalid job id");
    }

    /** @return the last line of what a program said, which is its complaint */
    static String sentence(Commands.Result result) {
        String said = result.output().strip();
        String line = said.substring(said.lastIndexOf('\n') + 1);
        int colon = line.indexOf("error: ");
        line = colon < 0 ? line : line.substring(colon + 7);
        return line.isEmpty() ? "exit status " + result.exit() : line;
    }
}
