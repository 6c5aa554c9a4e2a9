package bgjob.cli;

import bgjob.job.Kind;

/** What bgjob's own exit status means (docs/exit-codes.md); {@code wait} and {@code run --wait} otherwise pass the job's on. */
public enum ExitCode {
    DONE(0, "it is done"),
    NOT_DONE(1, "what you asked for is not there, or could not be done"),
    USAGE(2, "the command line makes no sense"),
    TIME_OUT(124, "time ran out"),
    CANNOT_TELL(125, "bgjob cannot tell: the job is lost, or out of sight");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    static ExitCode of(Kind kind) {
        return switch (kind) {
            case NOT_FOUND, FAILED -> NOT_DONE;
            case USAGE -> USAGE;
            case TIME_OUT -> TIME_OUT;
            case CANNOT_TELL -> CANNOT_TELL;
        };
    }
}
