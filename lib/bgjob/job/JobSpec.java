package bgjob.job;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user asked to run; it has no id yet.
 *
 * @param label a valid label
 * @param command the program and its arguments, exactly; never empty
 * @param cwd the working directory, absolute
 * @param environment {@code NAME=value} words to add to the caller's environment; may be empty
 * @param limits its bounds
 * @param origin the job that it runs again, or {@link Origin#NONE}
 * @param queueing what it waits for first, or {@link Queueing#NONE}
 * @param target where it is to run
 * @param snapshot whether what is not committed around its directory is saved, to run it again on the same files
 */
public record JobSpec(String label, List<String> command, String cwd, List<String> environment, Limits limits, Origin origin,
        Queueing queueing, Target target, boolean snapshot) {

    /** A job that runs on the files as they are. */
    public JobSpec(String label, List<String> command, String cwd, List<String> environment, Limits limits, Origin origin, Queueing queueing,
            Target target) {
        this(label, command, cwd, environment, limits, origin, queueing, target, false);
    }

    /** A job of this machine. */
    public JobSpec(String label, List<String> command, String cwd, List<String> environment, Limits limits, Origin origin, Queueing queueing) {
        this(label, command, cwd, environment, limits, origin, queueing, Target.LOCAL);
    }

    /** Takes copies: a spec never changes. */
    public JobSpec {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
    }

    /**
     * @param label a valid label
     * @param command the program and its arguments, exactly, with no shell between
     * @return a job in the current directory, without bounds
     */
    public static JobSpec of(String label, String... command) {
        return new JobSpecBuilder(label, List.of(command)).build();
    }

    /** @return the beginning of a job with more to say than {@link #of} has room for */
    public static JobSpecBuilder builder(String label, String... command) {
        return new JobSpecBuilder(label, List.of(command));
    }

    /** A job of its own without bounds. */
    public JobSpec(String label, List<String> command, String cwd, List<String> environment) {
        this(label, command, cwd, environment, Limits.NONE, Origin.NONE);
    }

    /** A job that need not wait. */
    public JobSpec(String label, List<String> command, String cwd, List<String> environment, Limits limits, Origin origin) {
        this(label, command, cwd, environment, limits, origin, Queueing.NONE);
    }

    /** @return the same with another origin */
    public JobSpec from(Origin other) {
        return new JobSpec(label, command, cwd, environment, limits, other, queueing, target, snapshot);
    }

    /** @return the same that waits for something else */
    public JobSpec behind(Queueing other) {
        return new JobSpec(label, command, cwd, environment, limits, origin, other, target, snapshot);
    }

    /** @return the same with one more word at the end of its command */
    public JobSpec with(String word) {
        List<String> words = new ArrayList<>(command);
        words.add(word);
        return new JobSpec(label, words, cwd, environment, limits, origin, queueing, target, snapshot);
    }
}
