package bgjob.doctor;

/** How bad a finding is; the worse, the later. */
public enum Grade {
    OK("ok"),
    /** Worth knowing; nothing has to be done. */
    NOTE("note"),
    /** May cost a job or a record. */
    WARNING("warning"),
    /** Costs a job or a record, or keeps jobs from starting. */
    PROBLEM("problem");

    private final String word;

    Grade(String word) {
        this.word = word;
    }

    /** @return the grade as people and JSON spell it */
    public String word() {
        return word;
    }
}
