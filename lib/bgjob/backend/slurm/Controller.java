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
            "SQUEUE_SORT", "SQUEUE_USERS", "SQUEUE_STATES", "SQUEUE_ALL", "SQUEUE_FEDERATION", "SQUEUE_SIBLING", "SQUEUE_FORMAT", "SQUEUE_FORMAT2");
    /** And those that change what scancel takes for the job. */
    private static final List<String> NARROWERS = List.of("SCANCEL_ACCOUNT", "SCANCEL_BATCH", "SCANCEL_CTLD", "SCANCEL_CRON", "SCANCEL_FULL",
            "SCANCEL_HURRY", "SCANCEL_INTERACTIVE", "SCANCEL_NAME", "SCANCEL_PARTITION", "SCANCEL_QOS", "SCANCEL_STATE", "SCANCEL_USER",
            "SCANCEL_VERBOSE", "SCANCEL_WCKEY");

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

    /** @return how many tasks of that array, of that name, have not ended, as the next call says that is due */
    synchronized int active(String array, String name) {
        row(array); // asks if it is time to
        int active = 0;
        for (Row row : rows.values()) {
            active += row.active() && row.name().equals(name) && (row.id().startsWith(array + "_") || row.id().equals(array)) ? 1 : 0;
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
        return call(FILTERS, List.of("SLURM_TIME_FORMAT=%s", "squeue"), options);
    }

    /** Signals or cancels jobs by number, and only while they are called so: a number may be another job's by now. */
    static Commands.Result scancel(String name, List<String> words) {
        return call(NARROWERS, List.of("scancel", "--jobname=" + name), words);
    }

    /** Lets a job go on that was suspended, which Slurm leaves to operators. */
    static Commands.Result resume(String id) {
        return call(List.of(), List.of("scontrol"), List.of("resume", id));
    }

    private static Commands.Result call(List<String> unset, List<String> program, List<String> words) {
        List<String> command = new ArrayList<>(List.of("env"));
        for (String variable : unset) {
            command.addAll(List.of("-u", variable));
        }
        command.addAll(program);
        command.addAll(words);
        return Commands.run(command, MOST_MILLIS);
    }

    private static boolean unknown(Commands.Result result) {
        return result.output().contains("Invalid job id");
    }

    /** @return the last line of what a program said, which is its complaint, but for the advice to ask for help */
    static String sentence(Commands.Result result) {
        String line = "";
        for (String said : result.output().split("\n")) {
            line = said.isBlank() || said.startsWith("Try \"") ? line : said.strip();
        }
        int colon = line.indexOf("error: ");
        line = colon >= 0 ? line.substring(colon + 7) : line.startsWith("sbatch: ") ? line.substring(8) : line;
        return line.isEmpty() ? "exit status " + result.exit() : line;
    }
}
