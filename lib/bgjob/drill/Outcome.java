package bgjob.drill;

/**
 * What happened.
 *
 * @param verdict what became of the promise
 * @param what happened, or why it could not be tried, in one sentence
 */
public record Outcome(Verdict verdict, String what) {
    static Outcome kept(String what) {
        return new Outcome(Verdict.KEPT, what);
    }

    static Outcome skipped(String why) {
        return new Outcome(Verdict.SKIPPED, why);
    }
}
