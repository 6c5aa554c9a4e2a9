package bgjob.cli;

import bgjob.core.TargetWords;
import bgjob.job.BgjobException;
import bgjob.job.Suggestion;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line: finds the verb, has picocli read its options, runs it, and turns every failure into a sentence and a number. */
public final class Cli {
    /** Every verb, in the order that help lists them. */
    static final List<String> VERBS = List.of("run", "batch", "follow", "logs", "status", "stop", "list", "latest", "wait", "pause", "resume",
            "queue", "rerun", "result", "stats", "diff", "prune", "web", "doctor", "install", "uninstall", "completion");

    private final Surroundings surroundings;

    public Cli(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @return the exit status */
    public int run(String[] args) {
        // Two look-ups that open every jar and load java.sql; neither serves us (docs/decisions/0006-lean-hot-path.md)
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java.*");
        try {
            int status = dispatch(new ArrayList<>(Arrays.asList(args)));
            String lost = surroundings.terminal().failure();
            if (lost == null) {
                return status;
            }
            surroundings.terminal().complain("cannot write to standard output: " + lost);
            return ExitCode.NOT_DONE.number();
        } catch (BgjobException e) {
            surroundings.terminal().complain(e.getMessage());
            return ExitCode.of(e.kind()).number();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return bug(e);
        }
    }

    private int dispatch(List<String> args) {
        List<String> directory = takeDirectory(args);
        String first = args.isEmpty() ? "--help" : args.remove(0);
        switch (first) {
            case "-h", "--help", "help" -> {
                String verb = args.isEmpty() ? null : args.get(0);
                surroundings.terminal().print(verb == null ? usage(root()) : usage(one(verb)));
                return ExitCode.DONE.number();
            }
            case "-V", "--version" -> {
                surroundings.terminal().println("bgjob " + Version.NUMBER);
                return ExitCode.DONE.number();
            }
            default -> {
                args.addAll(0, directory);
                return verb(first, args);
            }
        }
    }

    /** {@code --dir} is each verb's option; in front of the verb it means the same. */
    private static List<String> takeDirectory(List<String> args) {
        List<String> taken = new ArrayList<>();
        while (!args.isEmpty() && (args.get(0).equals("--dir") && args.size() > 1 || args.get(0).startsWith("--dir="))) {
            taken.add(args.remove(0));
            if (taken.get(taken.size() - 1).equals("--dir")) {
                taken.add(args.remove(0));
            }
        }
        return taken;
    }

    private int verb(String name, List<String> args) {
        List<String> command = null;
        boolean submits = name.equals("run") || name.equals("batch");
        int dashes = submits ? args.indexOf("--") : -1;
        if (dashes >= 0) {
            command = new ArrayList<>(args.subList(dashes + 1, args.size()));
            args = args.subList(0, dashes);
        }
        for (int i = 0; i < args.size(); i++) {
            if (submits && args.get(i).startsWith("--slurm-")) {
                args.set(i, TargetWords.spelledOut(args.get(i)));
            }
        }
        Call verb = make(name, command);
        CommandLine line = picocli(verb);
        try {
            line.parseArgs(args.toArray(new String[0]));
        } catch (ParameterException e) {
            throw BgjobException.usage(name + ": " + sentence(e) + "; see: bgjob " + name + " --help");
        }
        if (verb.helpWanted()) {
            surroundings.terminal().print(usage(line));
            return ExitCode.DONE.number();
        }
        try {
            return verb.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each by a method of its own: the verifier would load every class that is made here. */
    private Call make(String name, List<String> command) {
        return switch (name) {
            case "run" -> RunCommand.make(surroundings, command);
            case "follow" -> FollowCommand.make(surroundings);
            case "logs" -> LogsCommand.make(surroundings);
            case "status" -> StatusCommand.make(surroundings);
            case "stop" -> StopCommand.make(surroundings);
            case "list" -> ListCommand.make(surroundings);
            case "latest" -> LatestCommand.make(surroundings);
            case "wait" -> WaitCommand.make(surroundings);
            case "batch" -> BatchCommand.make(surroundings, command);
            case "pause" -> PauseCommand.make(surroundings);
            case "resume" -> ResumeCommand.make(surroundings);
            case "queue" -> QueueCommand.make(surroundings);
            case "rerun" -> RerunCommand.make(surroundings);
            case "result" -> ResultCommand.make(surroundings);
            case "stats" -> StatsCommand.make(surroundings);
            case "diff" -> DiffCommand.make(surroundings);
            case "prune" -> PruneCommand.make(surroundings);
            case "web" -> WebCommand.make(surroundings);
            case "doctor" -> DoctorCommand.make(surroundings);
            case "install" -> InstallCommand.make(surroundings);
            case "uninstall" -> UninstallCommand.make(surroundings);
            case "completion" -> CompletionCommand.make(surroundings);
            default -> {
                String near = Suggestion.near(name, VERBS);
                throw BgjobException.usage("there is no command '" + name + "'" + (near.isEmpty() ? "" : near) + "; see: bgjob --help");
            }
        };
    }

    /** Only the verb that was named is built: each annotated command that picocli reads costs milliseconds. */
    private CommandLine one(String name) {
        return picocli(make(name, null));
    }

    private static CommandLine picocli(Call verb) {
        CommandLine line = new CommandLine(Models.of(verb));
        line.setCommandName("bgjob " + line.getCommandName());
        line.setExpandAtFiles(false);
        return line;
    }

    private CommandLine root() {
        CommandLine root = new CommandLine(new RootCommand());
        for (String name : VERBS) {
            root.addSubcommand(name, new CommandLine(Models.of(make(name, null))));
        }
        return root;
    }

    private static String usage(CommandLine line) {
        StringWriter text = new StringWriter();
        line.usage(new PrintWriter(text), CommandLine.Help.Ansi.OFF);
        return text.toString();
    }

    private static String sentence(ParameterException e) {
        String text = e.getMessage();
        int newline = text.indexOf('\n');
        String line = newline < 0 ? text : text.substring(0, newline);
        if (line.endsWith("' is not an int") || line.endsWith("' is not a long")) {
            line = line.substring(0, line.lastIndexOf('\'') + 1) + " is no whole number that can be used; write it in digits, such as 5";
        } else if (line.endsWith("' is not a boolean")) {
            line += "; write the option alone, without '=' and a value";
        }
        return Character.toLowerCase(line.charAt(0)) + line.substring(1);
    }

    /** What no sentence was written for is our mistake, and looks like one without filling the screen. */
    private int bug(Throwable e) {
        surroundings.terminal().complain("internal error: " + e + "; please report it, with what BGJOB_DEBUG=1 prints");
        if (surroundings.environment().containsKey("BGJOB_DEBUG")) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            surroundings.terminal().note(trace.toString());
        }
        return ExitCode.CANNOT_TELL.number();
    }
}
