package bgjob.job;

/**
 * When things happened, in milliseconds since 1970 UTC; null where not recorded.
 *
 * @param created when it was asked for
 * @param started when its leader started
 * @param updated the newest of what is known: the last output, or the ending
 * @param finished when its ending was recorded
 * @param duration in milliseconds, from start to ending, or until now while it runs; by the machine's monotonic clock where
 *     there is one, so that a clock set back never makes it negative
 */
public record JobTimes(Long created, Long started, Long updated, Long finished, Long duration) {
}
