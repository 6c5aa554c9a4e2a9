package bgjob;

/**
 * A part of a job's log.
 *
 * @param from the first byte of it
 * @param next the byte behind it: where to go on
 * @param text what stands there, read as UTF-8; where that is not what it is, U+FFFD stands in its place
 */
public record LogPart(long from, long next, String text) {
}
