package bgjob.cli;

import bgjob.core.JobFilter;
import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code list}: jobs in short. */
@Command(name = "list", description = "List jobs, newest first: the newest 20 unless -n, --all or a filter says otherwise.",
        exitCodeList = {"0:listed, also when there is none", "1:there is no job of that label", "2:the command line makes no sense",
            "130:--watch was ended by Ctrl+C"},
        footer = {"  bgjob list", "  bgjob list tests --all", "  bgjob list --running", "  bgjob list --state failed,lost --since 2d",
            "  bgjob list --running --quiet", "  bgjob list --watch"})
final class ListCommand extends Verb {
    private static final int NEWEST = 20;

    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "Only jobs of this label.")
    String label;

    @Option(names = "--running", description = "Only jobs that have not ended.")
    boolean running;

    @Option(names = "--state", paramLabel = "STATE", split = ",", description = "Only jobs in one of these states: queued, running, paused,"
            + " completed, failed, stopped, timed-out, lost.")
    List<String> states = new ArrayList<>();

    @Option(names = "--since", paramLabel = "WHEN", description = "Only jobs started since then: 2h or 7d ago, or a time such as"
            + " 2026-11-21T05:06:07Z.")
    String since;

    @Option(names = "-n", paramLabel = "N", description = "At most N jobs.")
    Integer most;

    @Option(names = "--all", description = "All jobs.")
    boolean all;

    @Option(names = {"-q", "--quiet"}, description = "Print ids alone, one a line.")
    boolean quiet;

    @Option(names = "--watch", description = "Go on and show what changes, until Ctrl+C: on a terminal in place, else as a new table.")
    boolean watch;

    @Option(names = "--json", description = "Print JSON: an array of what status prints.")
    boolean json;

    ListCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new ListCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (most != null && most < 1) {
            throw BgjobException.usage("-n " + most + ": a number from 1 up is needed");
        }
        if (watch && (json || quiet)) {
            throw BgjobException.usage("--watch does not go with " + (json ? "--json" : "--quiet") + "; ask again and again instead");
        }
        if (quiet && json) {
            throw BgjobException.usage("--quiet does not go with --json, which tells ids and more; give one of them");
        }
        Jobs jobs = jobs();
        Set<JobState> wanted = states();
        boolean filtered = running || !wanted.isEmpty() || since != null;
        int limit = most != null ? most : all || filtered ? 0 : NEWEST;
        JobFilter filter = new JobFilter(label == null ? null : label(jobs), wanted, running, since(), limit);
        if (watch) {
            HumanOutput output = new HumanOutput(terminal(), surroundings().called(), dir);
            new ListWatch(terminal(), surroundings().environment().get("TERM"), output, () -> jobs.list(filter)).run();
            return ExitCode.DONE.number();
        }
        List<Job> found = jobs.list(filter);
        if (quiet) {
            for (Job job : found) {
                terminal().println(job.id().toString());
            }
        } else {
            output(json).list(found);
        }
        return ExitCode.DONE.number();
    }

    /** A label without jobs is a mistake to be named, not an empty list; an id stands for its label. */
    private String label(Jobs jobs) {
        return jobs.find(label).label();
    }

    private Set<JobState> states() {
        return states(states);
    }

    /** @return the states so spelled */
    static Set<JobState> states(List<String> words) {
        Set<JobState> wanted = EnumSet.noneOf(JobState.class);
        for (String word : words) {
            JobState state = JobState.of(word);
            if (state == null) {
                throw BgjobException.usage("--state '" + word + "' is no state; use queued, running, paused, completed, failed, stopped,"
                        + " timed-out or lost");
            }
            wanted.add(state);
        }
        return wanted;
    }

    private long since() {
        return since(since);
    }

    /** @return milliseconds since 1970 UTC, 0 for null: so long ago, or that time */
    static long since(String text) {
        if (text == null) {
            return 0;
        }
        Long time = Rfc3339.parse(text);
        try {
            return time != null ? time : System.currentTimeMillis() - Durations.parse(text);
        } catch (BgjobException e) {
            throw BgjobException.usage("--since '" + text + "' is neither a length of time, such as 30m, 2h or 7d, nor a time, such as 2026-11-21T05:06:07Z");
        }
    }
}
