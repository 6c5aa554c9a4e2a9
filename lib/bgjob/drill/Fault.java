package bgjob.drill;

/**
 * One thing that may happen to a job, and what bgjob promises for it. Another one is a line in its group's list, and a row in
 * docs/doctor.md.
 *
 * @param name one word, stable
 * @param promise one sentence
 * @param doing makes the fault and compares
 */
record Fault(String name, String promise, Doing doing) {
    /** Makes the fault. */
    @FunctionalInterface
    interface Doing {
        /** @throws Broken with what happened instead */
        Outcome in(Site site) throws Exception;
    }

    /** A promise that was not kept. */
    static final class Broken extends Exception {
        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what, null, false, false);
        }
    }
}
