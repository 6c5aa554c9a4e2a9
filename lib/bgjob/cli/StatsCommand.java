package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.Statistics;
import bgjob.job.BgjobException;
import bgjob.json.StatsJson;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stats}: what the records add up to. */
@Command(name = "stats", description = {"Say what the records add up to: how many runs, how many of them were completed, how long those took,"
        + " the trend of the newest 20, and since which commit a label fails.", "Durations are those of completed runs; a percentile is the nearest"
        + " rank. Runs that failed, ran out of time or were lost count against the rate; those that were stopped or are not over do not count."},
        exitCodeList = {"0:told, also when there is none", "1:there is no job of that label", "2:the command line makes no sense"},
        footer = {"  bgjob stats", "  bgjob stats tests --since 30d", "  bgjob stats tests --by-commit", "  bgjob stats --json"})
final class StatsCommand extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "LABEL", description = "Only jobs of this label, in more detail.")
    String label;

    @Option(names = "--since", paramLabel = "WHEN", description = "Only jobs started since then: 2h or 7d ago, or a time such as"
            + " 2026-11-21T05:06:07Z.")
    String since;

    @Option(names = "--by-commit", description = "One line for each commit of the label.")
    boolean byCommit;

    @Option(names = "--json", description = "Print JSON (docs/json.md).")
    boolean json;

    private StatsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new StatsCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (byCommit && label == null) {
            throw BgjobException.usage("--by-commit needs a LABEL: commits are compared by runs of the same work");
        }
        Jobs jobs = jobs();
        String only = label == null ? null : jobs.find(label).label();
        Statistics statistics = jobs.statistics(only, ListCommand.since(since), byCommit);
        if (json) {
            new JsonOutput(terminal()).print(StatsJson.of(statistics, only, byCommit));
        } else if (statistics.total().runs() == 0) {
            terminal().note("no jobs" + (since == null ? "" : " since then"));
        } else {
            StatsText text = new StatsText(terminal(), blocks(surroundings().environment()));
            terminal().print(only == null || byCommit ? text.table(statistics, byCommit) : text.details(statistics.total(), only));
        }
        return ExitCode.DONE.number();
    }

    /** The caller's locale, before the launcher changed it (lib/launch/locale.sh): outside of UTF-8 a terminal may not have the blocks. */
    static boolean blocks(Map<String, String> environment) {
        String all = environment.containsKey("BGJOB_UNSET_LC_ALL") ? "" : environment.getOrDefault("BGJOB_SAVED_LC_ALL",
                environment.getOrDefault("LC_ALL", ""));
        String type = environment.getOrDefault("LC_CTYPE", "");
        String locale = !all.isEmpty() ? all : !type.isEmpty() ? type : environment.getOrDefault("LANG", "");
        String plain = locale.toLowerCase(Locale.ROOT);
        return plain.contains("utf-8") || plain.contains("utf8");
    }
}
