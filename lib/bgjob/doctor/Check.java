package bgjob.doctor;

/**
 * One thing to look at. Another one is a line in the list of its group, and a row in docs/doctor.md.
 *
 * @param name one word, stable, as docs/doctor.md and JSON have it
 * @param look finds out; it may take its time, or fail with a BgjobException
 */
record Check(String name, Look look) {
    /** Looks at one thing. */
    @FunctionalInterface
    interface Look {
        Finding now() throws Exception;
    }
}
