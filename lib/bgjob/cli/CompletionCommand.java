package bgjob.cli;

import bgjob.install.Completions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code completion}: prints what a shell needs to complete bgjob's words. */
@Command(name = "completion", description = "Print the completion script for a shell. 'bgjob install' puts it where bash and fish find it by"
        + " themselves.",
        exitCodeList = {"0:it is printed", "1:it could not be printed", "2:the command line makes no sense"},
        footer = {"  eval \"$(bgjob completion bash)\"", "  bgjob completion zsh >~/.zsh/functions/_bgjob",
            "  bgjob completion fish | source"})
final class CompletionCommand extends Call {
    @Parameters(index = "0", paramLabel = "SHELL", description = "bash, zsh or fish.")
    String shell;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    boolean help;

    CompletionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    static Call make(Surroundings surroundings) {
        return new CompletionCommand(surroundings);
    }

    @Override
    boolean helpWanted() {
        return help;
    }

    @Override
    public Integer call() {
        terminal().print(Completions.script(shell));
        return ExitCode.DONE.number();
    }
}
