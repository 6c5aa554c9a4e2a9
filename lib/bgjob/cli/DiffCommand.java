package bgjob.cli;

import bgjob.core.Comparison;
import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.json.DiffJson;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diff}: two runs side by side. */
@Command(name = "diff", description = {"Say how two runs differ: in exit status, duration, commit and command, and line by line in their logs, in"
        + " the form of diff -u.", "With one LABEL: its newest job against the one before it that has ended. Of a long log the last 4 MiB and 20000"
        + " lines are compared."},
        exitCodeList = {"0:compared; with --exit-code, the logs are the same", "1:there is no such job, or no other to compare it with; with --exit-code,"
            + " also: the logs differ", "2:the command line makes no sense"},
        footer = {"  bgjob diff tests", "  bgjob diff tests --good --ignore-times", "  bgjob diff tests_20261121_050607 tests_20261121_060607"})
final class DiffCommand extends Verb {
    @Parameters(index = "0..*", arity = "1..*", paramLabel = "LABEL", description = "A label or a job id; or two, the older first; or a label and"
            + " two ids of it.")
    List<String> names = new ArrayList<>();

    @Option(names = "--good", description = "Against the newest job before it that was completed.")
    boolean good;

    @Option(names = "--ignore-times", description = "Lines that differ in dates, times and lengths of time only are the same.")
    boolean ignoreTimes;

    @Option(names = "--exit-code", description = "Exit with 1 when the logs differ.")
    boolean exitCode;

    @Option(names = "--json", description = "Print JSON (docs/json.md).")
    boolean json;

    private DiffCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new DiffCommand(surroundings);
    }

    @Override
    public Integer call() {
        List<String> two = two();
        if (good && two.size() > 1) {
            throw BgjobException.usage("--good looks for the job to compare with, so name one label or job id only");
        }
        Jobs jobs = jobs();
        Comparison comparison = jobs.compare(two, good, ignoreTimes);
        if (json) {
            new JsonOutput(terminal()).print(DiffJson.of(comparison));
        } else {
            terminal().print(DiffText.text(comparison, terminal()));
        }
        boolean same = comparison.log().hunks().isEmpty();
        return (same || !exitCode ? ExitCode.DONE : ExitCode.NOT_DONE).number();
    }

    /** A label in front of two ids says what the ids say. */
    private List<String> two() {
        if (names.size() < 3) {
            return names;
        }
        for (String name : names.subList(1, names.size())) {
            JobId id = JobId.parse(name);
            if (names.size() > 3 || id == null || !id.label().equals(names.get(0))) {
                throw BgjobException.usage("diff takes a label, one or two job ids, or a label and two ids of it; got: " + String.join(" ", names));
            }
        }
        return names.subList(1, 3);
    }
}
