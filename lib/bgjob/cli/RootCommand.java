package bgjob.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bgjob} alone: what there is. */
@Command(name = "bgjob", customSynopsis = "bgjob COMMAND [OPTION…] [LABEL…]", versionProvider = Version.class,
        synopsisHeading = "Usage: ", descriptionHeading = "%n", optionListHeading = "%n", commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n", sortOptions = false,
        description = "Runs commands in the background and never loses track of them. The records are plain files under .logs/ at the root of"
                + " the git repository; there is no daemon.",
        footer = {"  bgjob run tests -- pytest tests/ -v", "  bgjob follow tests", "  bgjob status tests", "  bgjob stop tests", "",
            "'bgjob COMMAND --help' explains a command."})
final class RootCommand implements Runnable {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    boolean version;

    @Override
    public void run() {
        throw new IllegalStateException("the front answers a call without a command");
    }
}
