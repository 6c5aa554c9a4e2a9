package bgjob.cli;

import bgjob.install.Installer;
import bgjob.install.Receipt;
import bgjob.job.BgjobException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code install}: makes a command of this program. */
@Command(name = "install", description = "Put a fast bgjob command into --bin-dir, with all it needs in a folder of its own: neither"
        + " this checkout nor JBang is needed afterwards. Runs on the newest Java found, and completes words in bash, fish and zsh. Run"
        + " again, it brings the installation up to date.",
        exitCodeList = {"0:it is installed", "1:it could not be installed; what was there before still works", "2:the command line makes no sense"},
        footer = {"  bgjob install", "  bgjob install --aliases", "  bgjob install --bin-dir ~/bin"})
final class InstallCommand extends Call {
    @Option(names = "--bin-dir", paramLabel = "DIR", description = "Where the command goes; ~/.local/bin unless said otherwise.")
    String binDir;

    @Option(names = "--aliases", description = "Also put short commands there: bgrun, bgfollow, bgstatus, bgstop, bglist, bglatest."
            + " 'bgrun LABEL CMD [ARG…]' needs no --.")
    boolean aliases;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    InstallCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new InstallCommand(surroundings);
    }

    @Override
    boolean helpWanted() {
        return help;
    }

    @Override
    public Integer call() {
        if (binDir != null && binDir.isEmpty()) {
            throw BgjobException.usage("--bin-dir is empty; name a directory, or leave it out for ~/.local/bin");
        }
        String bin = binDir == null || binDir.startsWith("/") ? binDir : surroundings().cwd() + "/" + binDir;
        Installer installer = new Installer(surroundings().environment(), System.getProperty("java.class.path"), System.getProperty("java.home"));
        Receipt receipt = installer.install(bin, aliases, sentence -> terminal().note("bgjob: " + sentence));
        terminal().println("Installed:  " + receipt.command());
        if (!receipt.aliases().isEmpty()) {
            terminal().println("Aliases:    " + String.join(" ", receipt.aliases()));
        }
        terminal().println("Java:       " + receipt.java() + ", " + receipt.why());
        terminal().println("Archive:    " + receipt.archive());
        terminal().println("Completion: bash, fish and zsh");
        for (String file : receipt.skipped()) {
            terminal().println("Left alone: " + file + ", which bgjob did not write");
        }
        receipt.notes().forEach(terminal()::println);
        return ExitCode.DONE.number();
    }
}
