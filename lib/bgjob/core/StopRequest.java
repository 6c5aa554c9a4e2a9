package bgjob.core;

/**
 * How to stop a job.
 *
 * @param signal the first signal, without SIG
 * @param graceMillis how long to wait before KILL
 * @param by who asks, for the record
 * @param reason why, or null
 */
public record StopRequest(String signal, long graceMillis, String by, String reason) {
}
