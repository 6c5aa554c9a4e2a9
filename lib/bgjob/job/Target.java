package bgjob.job;

import java.util.List;

/**
 * Where a job is to run.
 *
 * @param backend the backend's name
 * @param options words that only that backend understands, each as its own program takes it; may be empty
 */
public record Target(String backend, List<String> options) {
    /** This machine. */
    public static final Target LOCAL = new Target("local", List.of());

    /** Takes copies: a target never changes. */
    public Target {
        options = List.copyOf(options);
    }
}
