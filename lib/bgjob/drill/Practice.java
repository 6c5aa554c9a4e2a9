package bgjob.drill;

/**
 * One fault that was tried.
 *
 * @param name one word, stable, as docs/doctor.md and JSON have it
 * @param promise what bgjob says will happen
 * @param outcome what did
 */
public record Practice(String name, String promise, Outcome outcome) {
}
