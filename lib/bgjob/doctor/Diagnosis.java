package bgjob.doctor;

/**
 * A check with what it found.
 *
 * @param check its name
 * @param finding what it found
 */
public record Diagnosis(String check, Finding finding) {
}
