package bgjob.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What all commands share, those without records too: where to print, and how help is laid out. */
@Command(synopsisHeading = "Usage: ", descriptionHeading = "%n", parameterListHeading = "%n", optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n", footerHeading = "%nExamples:%n", sortOptions = false, usageHelpAutoWidth = false)
abstract class Call implements Callable<Integer> {
    private final Surroundings surroundings;

    Call(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Whether help was asked for in place of anything else. */
    abstract boolean helpWanted();

    Surroundings surroundings() {
        return surroundings;
    }

    Terminal terminal() {
        return surroundings.terminal();
    }
}
