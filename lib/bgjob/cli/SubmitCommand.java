package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.LimitWords;
import bgjob.core.ShellCommand;
import bgjob.core.Started;
import bgjob.core.TargetWords;
import bgjob.job.BgjobException;
import bgjob.job.JobSpec;
import bgjob.job.Limits;
import bgjob.job.Origin;
import bgjob.job.Target;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts a job: what {@code run} and {@code batch} have in common. */
abstract class SubmitCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A name for the job: letters, digits, '.', '_' and '-'. Many jobs may"
            + " share a label; it names the newest.")
    String label;

    @Parameters(index = "1..*", hidden = true)
    List<String> surplus = new ArrayList<>();

    @Option(names = "--sh", paramLabel = "TEXT", description = "Run TEXT by sh -c instead; what stands behind -- is then $1, $2, ….")
    String text;

    @Option(names = "--login", description = "Run the command through your login shell ($SHELL -l).")
    boolean login;

    @Option(names = "--cwd", paramLabel = "DIR", description = "Run it in DIR instead of the current directory.")
    String cwd;

    @Option(names = "--env", paramLabel = "NAME=VALUE", description = "Set a variable for the command; may be repeated.")
    List<String> environment = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "TIME", description = "End it after TIME (30s, 5m, 2h; whole seconds, from 1s): TERM to all its processes,"
            + " KILL after --grace; its state is then timed-out. With --retry, each attempt has that time; a batch has it as a whole.")
    String timeout;

    @Option(names = "--grace", paramLabel = "TIME", description = "With --timeout: how long to wait before KILL, in whole seconds, 10s unless said"
            + " otherwise.")
    String grace;

    @Option(names = "--nice", paramLabel = "N", description = "Run it with a niceness higher by N, 1 to 19; below 0 only root may.")
    Integer nice;

    @Option(names = "--retry", paramLabel = "N", description = "Try it again, at most N times, when it fails.")
    Integer retry;

    @Option(names = "--retry-delay", paramLabel = "TIME", description = "Wait so long before the second attempt, in whole seconds, 10s unless said"
            + " otherwise, and twice as long before each further one, up to an hour.")
    String retryDelay;

    @Option(names = "--retry-on", paramLabel = "CODE", split = ",", description = "Only after these exit statuses, 1 to 255; otherwise after any"
            + " but 0.")
    List<String> retryOn = new ArrayList<>();

    @Option(names = "--on-exit", paramLabel = "TEXT", description = "Shell text to run once when the job has ended, with BGJOB_EXIT and the other"
            + " BGJOB_ variables set; its output goes to the log.")
    String onExit;

    @Option(names = "--max-log", paramLabel = "SIZE", description = "Let its log take no more room than SIZE (64K, 500M, 2G): beyond that its"
            + " middle is dropped, and its first and last part stay. none: no limit. Else BGJOB_MAX_LOG, else no limit.")
    String maxLog;

    @Option(names = "--notify", description = "Tell you when it has ended: on the desktop, else by this terminal's bell, if they are still"
            + " there.")
    boolean notify;

    @Option(names = "--snapshot", description = "Save what is not committed in the git repository around its directory, untracked files included, so"
            + " that `rerun --at-commit` finds the same files; at most 64 MiB. Index and files stay as they are.")
    boolean snapshot;

    @Mixin
    QueueOptions queueing = new QueueOptions();

    @Option(names = "--on", paramLabel = "WHERE", description = "Run it on this machine (local), which is the default, or hand it to a Slurm"
            + " cluster (slurm); the directory of the records must be on a file system that the cluster shares.")
    String on;

    @Option(names = "--sbatch", paramLabel = "OPTIONS", description = "With --on slurm: options of sbatch, as words; --slurm-OPTION=VALUE is short"
            + " for --sbatch=--OPTION=VALUE. May be repeated.")
    List<String> sbatch = new ArrayList<>();

    @Option(names = {"-f", "--follow"}, description = "Show the output as it comes; Ctrl+C ends the display, never the job.")
    boolean follow;

    @Option(names = "--wait", description = "Wait for the job to end and exit with its exit status.")
    boolean wait;

    @Option(names = "--json", description = "Print the job as JSON, as status does; with --wait, as it was when it had ended.")
    boolean json;

    /** What stood behind the first {@code --}, or null without one; taken off before picocli could read it. */
    private final List<String> command;

    SubmitCommand(Surroundings surroundings, List<String> command) {
        super(surroundings);
        this.command = command;
    }

    @Override
    public Integer call() {
        requireOne(follow, json, label);
        JobSpec spec = new JobSpec(label, command(), directory(), environment, limits(), Origin.NONE, queueing.read(queueSlots()),
                (on == null || on.equals("local")) && sbatch.isEmpty() ? Target.LOCAL : new TargetWords(on, sbatch).read(), snapshot);
        Jobs jobs = jobs();
        return started(jobs, submit(jobs, spec), follow, wait, json);
    }

    abstract String verb();

    abstract Started submit(Jobs jobs, JobSpec spec);

    /** @param given what stood behind --, or null; with --sh it may be missing */
    abstract List<String> words(List<String> given);

    /** @return how many slots the queue is to have, as the user wrote it, or null */
    abstract String queueSlots();

    private Limits limits() {
        if (timeout == null && grace == null && nice == null && retry == null && retryDelay == null && retryOn.isEmpty() && onExit == null && maxLog == null && !notify
                && !surroundings().environment().containsKey("BGJOB_MAX_LOG") && !surroundings().environment().containsKey("BGJOB_NOTIFY")) {
            return Limits.NONE;
        }
        return new LimitWords(timeout, grace, nice, retry, retryDelay, retryOn, onExit, maxLog, notify, surroundings().environment()).read();
    }

    private List<String> command() {
        if (!surplus.isEmpty()) {
            throw BgjobException.usage("put -- before the command: bgjob " + verb() + " " + label + " -- " + String.join(" ", surplus));
        }
        for (String assignment : environment) {
            ShellCommand.requireAssignment(assignment);
        }
        if (text == null && command == null) {
            throw BgjobException.usage("there is no command to run; put it behind --: bgjob " + verb() + " " + label + " -- CMD [ARG…]");
        }
        if (text == null && command.isEmpty()) {
            throw BgjobException.usage("there is no command behind --; write: bgjob " + verb() + " " + label + " -- CMD [ARG…]");
        }
        requireText("the command", command == null ? List.of() : command);
        requireText("--sh", text == null ? List.of() : List.of(text));
        requireText("--env", environment);
        requireText("--cwd", cwd == null ? List.of() : List.of(cwd));
        List<String> words = words(command);
        return login ? ShellCommand.throughLogin(surroundings().environment().get("SHELL"), words) : words;
    }

    /** Java has put U+FFFD where it could not read bytes; a command must not be changed unnoticed. */
    private static void requireText(String where, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).indexOf('\uFFFD') >= 0) {
                throw BgjobException.usage("word " + (i + 1) + " of " + where + " holds bytes that are no UTF-8 text, which cannot be passed on"
                        + " exactly; put the command into a script and run that");
            }
        }
    }

    private String directory() {
        if (cwd == null) {
            return surroundings().cwd();
        }
        File given = new File(cwd);
        String path = given.isAbsolute() ? cwd : surroundings().cwd() + "/" + cwd;
        if (cwd.isEmpty() || !new File(path).isDirectory()) {
            throw BgjobException.usage("--cwd '" + cwd + "' is no directory");
        }
        return path;
    }
}
