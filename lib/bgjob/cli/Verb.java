package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all verbs share: where the jobs are, how to print, and help. */
@Command(synopsisHeading = "Usage: ", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n", footerHeading = "%nExamples:%n", sortOptions = false, usageHelpAutoWidth = false)
abstract class Verb implements Callable<Integer> {
    @Option(names = "--dir", paramLabel = "DIR", description = "Where the records are; else BGJOB_DIR, else .logs at the root of the"
            + " git repository around the current directory, else .logs in the current directory.")
    String dir;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    private final Surroundings surroundings;

    Verb(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Terminal terminal() {
        return surroundings.terminal();
    }

    Jobs jobs() {
        return surroundings.opener().open(dir);
    }

    Output output(boolean json) {
        return json ? new JsonOutput(terminal()) : new HumanOutput(terminal(), surroundings.called(), dir);
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
