package bgjob.cli;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import bgjob.job.Target;
import java.util.ArrayList;
import java.util.List;

/** Reads the options that say where a job is to run. */
final class TargetOptions {
    private static final String SHORT = "--slurm-";

    private TargetOptions() {
    }

    /** @return {@code --sbatch=--OPTION=VALUE} for {@code --slurm-OPTION=VALUE}, since nobody knows all of sbatch's options */
    static String spelledOut(String word) {
        return "--sbatch=" + ShellWords.quote("--" + word.substring(SHORT.length()));
    }

    /**
     * @param on the backend that was named, or null
     * @param sbatch options of sbatch, each text of one or more words
     * @throws BgjobException of kind USAGE
     */
    static Target read(String on, List<String> sbatch) {
        if (on == null || on.equals("local")) {
            throw BgjobException.usage("options of sbatch, '" + sbatch.get(0) + "' among them, belong to --on slurm");
        }
        if (!on.equals("slurm")) {
            throw BgjobException.usage("--on '" + on + "': jobs run on local or slurm");
        }
        List<String> options = new ArrayList<>();
        for (String text : sbatch) {
            List<String> words = ShellWords.split(text);
            if (words.isEmpty() || !words.get(0).startsWith("-")) {
                throw BgjobException.usage("--sbatch '" + text + "' is no option of sbatch; write: --sbatch '--partition=NAME --mem=2G'");
            }
            options.addAll(words);
        }
        return new Target(on, options);
    }
}
