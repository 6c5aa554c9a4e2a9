package bgjob.core;

/**
 * What a door knows that a job's spec does not say.
 *
 * @param shell the POSIX shell that runs job scripts, absolute
 * @param user who asks
 */
public record SubmitOptions(String shell, String user) {
}
