package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.Started;
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
