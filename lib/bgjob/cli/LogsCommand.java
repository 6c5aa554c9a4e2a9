package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.json.JobJson;
import bgjob.log.LineGrep;
import bgjob.log.LogFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: output so far. */
@Command(name = "logs", description = "Print a job's output so far, byte for byte.",
        exitCodeList = {"0:printed", "1:there is no such job or log, or --grep found nothing", "2:the command line makes no sense"},
        footer = {"  bgjob logs tests", "  bgjob logs tests -n 50", "  bgjob logs tests --grep 'FAILED|ERROR'",
            "  bgjob logs tests --since 4096", "  bgjob logs tests -n 10 -f"})
final class LogsCommand extends Verb {
    /** A JSON document is made in memory; more of a log than this does not go into one. */
    private static final long MOST_JSON = 16 << 20;

    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, which names its newest job, or a job id.")
    String label;

    @Option(names = "-n", paramLabel = "N", description = "Only the last N lines.")
    Long lines;

    @Option(names = "--since", paramLabel = "BYTE", description = "Only what comes behind that many bytes; prints 'cursor N' on standard"
            + " error, N being the byte to ask for next time.")
    Long since;

    @Option(names = "--grep", paramLabel = "REGEX", description = "Only lines with a match of this regular expression (java.util.regex).")
    String grep;

    @Option(names = {"-f", "--follow"}, description = "Go on as follow does.")
    boolean follow;

    @Option(names = "--item", paramLabel = "N", description = "Of a batch: only the output of item N, as far as it has come.")
    Integer item;

    @Option(names = "--json", description = "Print JSON: id, from, next, text (at most the last 16 MiB).")
    boolean json;

    LogsCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new LogsCommand(surroundings);
    }

    @Override
    public Integer call() {
        if (lines != null && lines < 0 || since != null && since < 0) {
            throw BgjobException.usage((lines != null && lines < 0 ? "-n " + lines : "--since " + since) + ": a number from 0 up is needed");
        }
        if (lines != null && since != null) {
            throw BgjobException.usage("-n and --since exclude each other; give one of them");
        }
        if (json && (follow || grep != null)) {
            throw BgjobException.usage("--json goes with -n and --since only");
        }
        if (item != null && (item < 1 || follow)) {
            throw BgjobException.usage(follow ? "--item shows what there is, and does not go with -f; follow " + label + " shows items as they end"
                    : "--item " + item + ": a number from 1 up is needed");
        }
        Pattern pattern = pattern();
        Jobs jobs = jobs();
        JobId id = jobs.find(label);
        LogFile log = item == null ? jobs.log(id) : jobs.batches().log(id, item);
        long from = lines != null ? log.startOfLast(lines) : since != null ? since : 0;
        if (json) {
            return json(id, log, from);
        }
        if (follow && pattern == null) {
            long next = LogShow.followFrom(jobs, id, from, LogShow.plain(terminal()), terminal());
            if (since != null) {
                terminal().note("cursor " + next);
            }
            return ExitCode.DONE.number();
        }
        try {
            return show(jobs, id, log, from, pattern);
        } catch (BgjobException e) {
            if (terminal().closed()) {
                return ExitCode.DONE.number(); // its reader has seen enough
            }
            throw e;
        } catch (IOException e) {
            throw BgjobException.failed("cannot show the log of " + id + ": " + e.getMessage());
        }
    }

    private int show(Jobs jobs, JobId id, LogFile log, long from, Pattern pattern) throws IOException {
        LineGrep matching = pattern == null ? null : new LineGrep(pattern, LogShow.plain(terminal()));
        long next = follow
                ? jobs.follow(id, from, matching)
                : log.copy(from, Long.MAX_VALUE, matching == null ? LogShow.plain(terminal()) : matching);
        if (matching != null) {
            matching.finish();
        }
        if (since != null) {
            terminal().note("cursor " + next);
        }
        return (matching == null || matching.matches() > 0 ? ExitCode.DONE : ExitCode.NOT_DONE).number();
    }

    private int json(JobId id, LogFile log, long from) {
        long start = Math.max(from, log.size() - MOST_JSON);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        long next = log.copy(start, start + MOST_JSON, text::write);
        new JsonOutput(terminal()).print(JobJson.log(id, start, next, text.toString(StandardCharsets.UTF_8)));
        return ExitCode.DONE.number();
    }

    private Pattern pattern() {
        try {
            return grep == null ? null : Pattern.compile(grep);
        } catch (PatternSyntaxException e) {
            throw BgjobException.usage("--grep '" + grep + "' is no regular expression: " + e.getDescription());
        }
    }
}
