package bgjob.cli;

import bgjob.install.Uninstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uninstall}: takes back what install made. */
@Command(name = "uninstall", description = "Remove what 'bgjob install' has made, wherever it was put: commands, completion, and the"
        + " folder with all they need. Records of jobs are not touched, and jobs that run go on.",
        exitCodeList = {"0:it is removed", "1:nothing is installed, or something could not be removed", "2:the command line makes no sense"},
        footer = {"  bgjob uninstall"})
final class UninstallCommand extends Call {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    UninstallCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new UninstallCommand(surroundings);
    }

    @Override
    boolean helpWanted() {
        return help;
    }

    @Override
    public Integer call() {
        Uninstaller.Removal removal = new Uninstaller(surroundings().environment()).uninstall();
        for (String path : removal.removed()) {
            terminal().println("removed: " + path);
        }
        for (String path : removal.left()) {
            terminal().println("left:    " + path + ", as it holds what bgjob did not install");
        }
        return ExitCode.DONE.number();
    }
}
