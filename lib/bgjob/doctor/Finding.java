package bgjob.doctor;

/**
 * What one check found.
 *
 * @param grade how bad it is
 * @param fact one sentence on how things are
 * @param advice one sentence on what to do, or null where there is nothing to do
 */
public record Finding(Grade grade, String fact, String advice) {
    static Finding ok(String fact) {
        return new Finding(Grade.OK, fact, null);
    }

    static Finding note(String fact, String advice) {
        return new Finding(Grade.NOTE, fact, advice);
    }

    static Finding warning(String fact, String advice) {
        return new Finding(Grade.WARNING, fact, advice);
    }

    static Finding problem(String fact, String advice) {
        return new Finding(Grade.PROBLEM, fact, advice);
    }
}
