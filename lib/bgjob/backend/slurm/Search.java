package bgjob.backend.slurm;

import bgjob.job.BgjobException;
import bgjob.process.Commands;
import java.util.List;

/** Finds a job in Slurm by what bgjob named it, where no number is recorded. */
final class Search {
    private Search() {
    }

    /**
     * @param name its name, the job id
     * @param dir its working directory, where its records are
     * @return its newest number, or null when there is none
     * @throws BgjobException when Slurm does not answer
     */
    static String byName(String name, String dir) {
        Commands.Result result = Controller.squeue(List.of("-h", "-r", "-t", "all", "--me", "-n", name, "-o", "%i %Z"));
        if (result.exit() != 0) {
            throw BgjobException.failed(Controller.sentence(result));
        }
        String found = null;
        for (String line : result.output().split("\n")) {
            int blank = line.indexOf(' ');
            if (blank > 0 && line.substring(blank + 1).strip().equals(dir)) {
                found = line.substring(0, blank);
            }
        }
        return found;
    }
}
