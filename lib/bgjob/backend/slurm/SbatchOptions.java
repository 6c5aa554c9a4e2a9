package bgjob.backend.slurm;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The words of an sbatch call: what a job's own bounds ask for, then what the environment says, then what the user said; the last one counts. */
final class SbatchOptions {
    private static final String VARIABLE = "BGJOB_SLURM_";
    /** What bgjob itself relies on. */
    private static final List<String> OURS = List.of("array", "chdir", "error", "input", "job-name", "open-mode", "output", "parsable", "wait", "wrap");
    /** With these there would be no job, or none that bgjob could find again. */
    private static final List<String> NO_JOB = List.of("clusters", "help", "test-only", "usage", "version");
    /** The variables of sbatch's own that say such a thing. */
    private static final List<String> VARIABLES = List.of("SBATCH_ARRAY_INX", "SBATCH_CLUSTERS", "SBATCH_WAIT", "SBATCH_WRAP");
    /** Their short forms, in the same order as {@link #OURS} and {@link #NO_JOB}; a blank for none. */
    private static final String BRIEF = "aDeiJ o W Mh  V";
    /** Variables with that beginning that are no options of sbatch. */
    private static final List<String> OTHERS = List.of("PATIENCE", "SETTLE", "QUEUES");
    /** Slurm looks twice a minute; its limit comes so long after the job's own watcher, which is exact. */
    private static final long SLACK = 120;
    private static final long WARNING = 60;
    private static final long MOST_DELAY = 3600;

    private SbatchOptions() {
    }

    /**
     * @param facts the job's spec, as its meta has it, and {@code option} for each option in clear
     * @param environment the caller's
     * @throws BgjobException of kind USAGE for an option that bgjob needs itself
     */
    static List<String> of(String id, String dir, Facts facts, Map<String, String> environment) {
        List<String> words = new ArrayList<>(List.of("--parsable", "--job-name=" + id, "--chdir=" + dir,
                "--output=" + (dir + "/jobs/" + id).replace("\\", "\\\\").replace("%", "%%") + ".slurm", "--open-mode=append"));
        bounds(words, facts);
        List<String> given = new ArrayList<>(environment(environment));
        queue(given, facts.first("queue"), environment.get("BGJOB_SLURM_QUEUES"));
        for (int i = 0; i < facts.size(); i++) {
            if (facts.key(i).equals("option")) {
                given.add(facts.value(i));
            }
        }
        for (int i = 0; i < given.size(); i++) {
            refuse(given.get(i), i == 0 ? "" : given.get(i - 1));
        }
        words.addAll(given);
        return words;
    }

    /** @return those of an sbatch call that say who pays for a job and where it may run, and not how large it is or when it begins */
    static List<String> modest(List<String> words) {
        List<String> modest = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean apart = word.equals("-p") || word.equals("-A") || word.equals("-q");
            boolean kept = apart || word.startsWith("-p") || word.startsWith("-A") || word.startsWith("-q");
            for (String name : List.of("--partition", "--account", "--qos", "--reservation", "--chdir", "--output", "--open-mode", "--parsable")) {
                kept |= word.equals(name) || word.startsWith(name + "=");
            }
            if (kept) {
                modest.add(word);
            }
            if (apart && i + 1 < words.size()) {
                modest.add(words.get(++i));
            }
        }
        return modest;
    }

    private static void bounds(List<String> words, Facts facts) {
        long retry = Math.max(0, facts.number("retry"));
        words.add(retry > 0 ? "--requeue" : "--no-requeue");
        long timeout = facts.number("timeout");
        if (timeout > 0) {
            long seconds = timeout + Math.max(0, facts.number("grace")) + SLACK;
            long delay = Math.max(1, facts.number("retry_delay"));
            for (int i = 0; i < retry; i++) {
                seconds += timeout + Math.max(0, facts.number("grace")) + Math.min(delay, MOST_DELAY);
                delay = Math.min(2 * delay, MOST_DELAY);
            }
            words.add("--time=" + (seconds + 59) / 60);
            words.add("--signal=B:XCPU@" + WARNING);
        }
        long nice = signed(facts.first("nice")) - signed(facts.first("priority"));
        if (nice != 0) {
            words.add("--nice=" + nice);
        }
        String dependency = facts.first("dependency");
        if (dependency != null) {
            words.add("--dependency=" + dependency);
            words.add("--kill-on-invalid-dep=yes");
        }
    }

    private static long signed(String number) {
        return number == null ? 0 : Long.parseLong(number);
    }

    /** A queue is the partition that {@code BGJOB_SLURM_QUEUES} names for it, {@code QUEUE=PARTITION} and commas between, or that of its own name. */
    private static void queue(List<String> words, String queue, String mapping) {
        String partition = queue;
        for (String pair : mapping == null ? new String[0] : mapping.split(",")) {
            if (pair.startsWith(queue + "=")) {
                partition = pair.substring(queue.length() + 1);
            }
        }
        if (queue != null) {
            words.add("--partition=" + partition);
        }
    }

    /** {@code BGJOB_SLURM_PARTITION=big} is {@code --partition=big}; an empty value an option without one. */
    private static List<String> environment(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey().startsWith(VARIABLE) ? variable.getKey().substring(VARIABLE.length()) : "";
            if (!name.isEmpty() && !OTHERS.contains(name)) {
                StringBuilder option = new StringBuilder("--");
                for (int i = 0; i < name.length(); i++) {
                    option.append(name.charAt(i) == '_' ? '-' : Character.toLowerCase(name.charAt(i)));
                }
                words.add(variable.getValue().isEmpty() ? option.toString() : option + "=" + variable.getValue());
            }
        }
        words.sort(null);
        return words;
    }

    /** Keeps sbatch's own variables from making something else of the job. */
    static void undo(List<String> command) {
        command.add(0, "env");
        for (String variable : VARIABLES) {
            command.addAll(1, List.of("-u", variable));
        }
    }

    /** sbatch takes what begins a long option for that option, and the first word that is none for the script. */
    private static void refuse(String word, String before) {
        boolean brief = word.startsWith("-") && !word.startsWith("--") && word.length() > 1;
        if (!brief && !word.startsWith("--")) {
            if (word.equals("-") || before.contains("=") || !before.startsWith("-") || !before.startsWith("--") && before.length() > 2) {
                throw BgjobException.usage("'" + word + "' among the options of sbatch is none; write: --sbatch '--partition=NAME --mem=2G', and"
                        + " 'single quotes' around blanks in a value");
            }
            return;
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        for (int i = 0; i < BRIEF.length(); i++) {
            boolean own = i < OURS.size();
            String option = "--" + (own ? OURS.get(i) : NO_JOB.get(i - OURS.size()));
            if (brief ? word.charAt(1) == BRIEF.charAt(i) : option.startsWith(name)) {
                throw BgjobException.usage("sbatch's option '" + word + "' cannot be given: " + (own ? "bgjob sets " + option + " itself; leave it out"
                        : option + " makes no job that bgjob could find again; leave it out" + (option.equals("--clusters")
                                ? ", and log in to that cluster" : "")));
            }
        }
    }
}
