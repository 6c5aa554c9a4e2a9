package bgjob.install;

import bgjob.job.BgjobException;

/** The completion scripts, one for each shell (tests/models/CompletionGenerator.java keeps them up to date). */
public final class Completions {
    private Completions() {
    }

    /** @return the script for {@code bash}, {@code zsh} or {@code fish} */
    public static String script(String shell) {
        return switch (shell) {
            case "bash", "zsh", "fish" -> Parts.resource("bgjob." + shell);
            default -> throw BgjobException.usage("completion: there is none for '" + shell + "'; use bash, zsh or fish");
        };
    }
}
