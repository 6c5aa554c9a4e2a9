package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.ShellCommand;
import bgjob.core.Started;
import bgjob.job.JobSpec;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: starts a job. */
@Command(name = "run", customSynopsis = {"bgjob run LABEL [OPTION…] -- CMD [ARG…]", "       bgjob run LABEL [OPTION…] --sh 'SHELL TEXT'"},
        description = "Start a command in the background and return at once. What stands behind -- is the command; its arguments reach"
                + " it exactly as they are, with no second parse.",
        exitCodeList = {"0:the job is started and recorded", "1:it could not be started; nothing of it is left",
            "2:the command line makes no sense", "N:with --wait, the job's own exit status"},
        footer = {"  bgjob run tests -- pytest tests/ -v", "  bgjob run scan --sh 'make scan 2>&1 | tee scan.txt'",
            "  bgjob run build --wait -- mvn -q verify", "  bgjob run train --on slurm --slurm-mem=8G -- python3 train.py",
            "  bgjob run api --env PORT=8081 --cwd services/api -- npm start"})
final class RunCommand extends SubmitCommand {
    @Option(names = "--slots", paramLabel = "N", description = "With --queue: how many slots the queue has from now on, 1 to 1000; a new queue has"
            + " one.")
    String slots;

    RunCommand(Surroundings surroundings, List<String> command) {
        super(surroundings, command);
    }

    static Call make(Surroundings surroundings, List<String> command) {
        return new RunCommand(surroundings, command);
    }

    @Override
    String verb() {
        return "run";
    }

    @Override
    Started submit(Jobs jobs, JobSpec spec) {
        return jobs.submit(spec);
    }

    @Override
    List<String> words(List<String> given) {
        return text == null ? given : ShellCommand.ofText(text, given == null ? List.of() : given);
    }

    @Override
    String queueSlots() {
        return slots;
    }
}
