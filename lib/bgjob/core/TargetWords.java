package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import bgjob.job.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a job is to run as a user wrote it, for both doors.
 *
 * @param on the backend that was named, or null
 * @param sbatch options of sbatch, each text of one or more words; may be empty
 */
public record TargetWords(String on, List<String> sbatch) {
    private static final String SHORT = "--slurm-";

    /** @return {@code --sbatch=--OPTION=VALUE} for {@code --slurm-OPTION=VALUE}, since nobody knows all of sbatch's options */
    public static String spelledOut(String word) {
        return "--sbatch=" + ShellWords.quote("--" + word.substring(SHORT.length()));
    }

    /**
     * @return the same, understood
     * @throws BgjobException of kind USAGE, naming the option, its value and the accepted form
     */
    public Target read() {
        if (on == null || on.equals("local")) {
            if (sbatch.isEmpty()) {
                return Target.LOCAL;
            }
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
