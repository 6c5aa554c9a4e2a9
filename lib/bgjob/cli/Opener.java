package bgjob.cli;

import bgjob.core.Jobs;

/** Opens the jobs of a directory; given to the verbs by the wiring, which alone knows the concrete classes. */
@FunctionalInterface
public interface Opener {
    /**
     * @param dir the value of {@code --dir}, or null for {@code BGJOB_DIR} or the repository around the current directory
     * @return the jobs there
     */
    Jobs open(String dir);
}
