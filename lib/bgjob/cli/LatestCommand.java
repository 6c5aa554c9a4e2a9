package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import java.io.File;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code latest}: where a job's files are. */
@Command(name = "latest", description = "Print the path of a label's newest log, or of another of its files.",
        exitCodeList = {"0:the path is printed, and the file is there", "1:there is no such job, or not yet such a file",
            "2:the command line makes no sense"},
        footer = {"  tail -50 \"$(bgjob latest tests)\"", "  cat \"$(bgjob latest tests --file meta)\"",
            "  sh \"$(bgjob latest tests --file script)\""})
final class LatestCommand extends Verb {
    @Parameters(index = "0", paramLabel = "LABEL", description = "A label, which names its newest job, or a job id.")
    String label;

    @Option(names = "--file", paramLabel = "FILE", defaultValue = "log", description = "Which file: log (the default), meta, exit, pid or"
            + " script.")
    String file;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    LatestCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new LatestCommand(surroundings);
    }

    @Override
    public Integer call() {
        Jobs jobs = jobs();
        JobId id = jobs.find(label);
        JobFiles files = jobs.files(id);
        String path = switch (file) {
            case "log" -> files.log();
            case "meta" -> files.meta();
            case "exit" -> files.exit();
            case "pid" -> files.pid();
            case "script" -> files.script();
            default -> throw BgjobException.usage("--file '" + file + "' is no file of a job; use log, meta, exit, pid or script");
        };
        if (!new File(path).exists()) {
            throw BgjobException.notFound(file.equals("exit")
                    ? id + " has no exit file: it has not ended, or was lost; see: bgjob status " + id
                    : id + " has no " + file + " file: " + path + " was removed");
        }
        output(json).path(id, file, path);
        return ExitCode.DONE.number();
    }
}
