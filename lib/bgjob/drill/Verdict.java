package bgjob.drill;

/** What became of a promise. */
public enum Verdict {
    KEPT("kept"),
    BROKEN("BROKEN"),
    /** The fault could not be made here. */
    SKIPPED("skipped");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** @return the verdict as people and JSON spell it */
    public String word() {
        return word;
    }
}
