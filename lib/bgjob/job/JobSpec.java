package bgjob.job;

import java.util.List;

/**
 * What a user asked to run; it has no id yet.
 *
 * @param label a valid label
 * @param command the program and its arguments, exactly; never empty
 * @param cwd the working directory, absolute
 * @param environment {@code NAME=value} words to add to the caller's environment; may be empty
 */
public record JobSpec(String label, List<String> command, String cwd, List<String> environment) {
}
