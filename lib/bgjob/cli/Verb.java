package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.Started;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the verbs about jobs share: where the jobs are, how to print them, and help. */
abstract class Verb extends Call {
    @Option(names = "--dir", paramLabel = "DIR", description = "Where the records are; else BGJOB_DIR, else .logs at the root of the"
            + " git repository around the current directory, else .logs in the current directory.")
    String dir;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    Verb(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    final boolean helpWanted() {
        return help;
    }

    Jobs jobs() {
        return surroundings().opener().open(dir);
    }

    Output output(boolean json) {
        return json ? new JsonOutput(terminal()) : text();
    }

    HumanOutput text() {
        return new HumanOutput(terminal(), surroundings().called(), dir);
    }

    /** Says that a job was started, as {@code run} does; as JSON by its status. */
    void started(Jobs jobs, Started job, boolean json) {
        if (json) {
            output(true).status(jobs.inspect(job.id()));
        } else {
            text().started(job);
        }
    }

    /** Says the same, unless it shows the output, or prints the ended job. @return the exit status */
    int started(Jobs jobs, Started job, boolean follow, boolean wait, boolean json) {
        if (!follow && !(json && wait)) {
            started(jobs, job, json);
        }
        return stay(jobs, job.id(), follow, wait, json);
    }

    /** Shows a job's output, or awaits its end, or none of both. @return the exit status */
    int stay(Jobs jobs, JobId id, boolean follow, boolean wait, boolean json) {
        if (follow) {
            terminal().note("following " + id + "; Ctrl+C ends the display, not the job");
            LogShow.follow(jobs, List.of(id), terminal(), LogShow.ALL);
        }
        if (!wait) {
            return ExitCode.DONE.number();
        }
        Job ended = jobs.await(List.of(id), false, 0).get(0);
        if (json) {
            output(true).status(ended);
        }
        return WaitCommand.status(ended, terminal());
    }

    static void requireOne(boolean follow, boolean json, String label) {
        if (follow && json) {
            throw BgjobException.usage("--follow and --json exclude each other; start the job, then use: bgjob follow " + label + " --json");
        }
    }

    /** All names are looked up before anything is done to any. */
    static List<JobId> find(Jobs jobs, List<String> names) {
        List<JobId> ids = new ArrayList<>();
        for (String name : names) {
            JobId id = jobs.find(name);
            if (!ids.contains(id)) {
                ids.add(id);
            }
        }
        return ids;
    }
}
