package bgjob.doctor;

import java.util.List;

/** What the job script will find: a way to a session of its own, a way to reset signals, and the shell that leads the job. */
final class ShellChecks {
    private static final List<String> JOB_CONTROL = List.of("bash", "zsh", "ksh", "mksh");

    private final Machine machine;
    private final Records records;

    ShellChecks(Machine machine, Records records) {
        this.machine = machine;
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("detach", this::detach), new Check("signals", this::signals), new Check("shell", this::shell),
                new Check("git", this::git), new Check("terminal", this::terminal));
    }

    /** In the order in which the job script looks (job.sh, detach). */
    Finding detach() {
        for (String name : List.of("setsid", "perl", "python3")) {
            if (machine.program(name) != null) {
                return Finding.ok(name + " gives each job a session of its own");
            }
        }
        for (String name : JOB_CONTROL) {
            var tried = machine.run(name, "-c", "set -m");
            if (tried != null && tried.output().isEmpty()) {
                return Finding.note("neither setsid, perl nor python3 is on PATH; jobs get a process group by " + name
                        + "'s job control, but stay in this terminal's session",
                        "install util-linux, which has setsid");
            }
        }
        var own = machine.run(records.jobs().shell(), "-c", "set -m");
        return own != null && own.output().isEmpty()
                ? Finding.note("only the job control of " + records.jobs().shell() + " is there to detach a job",
                        "install util-linux, which has setsid")
                : Finding.problem("neither setsid, perl, python3 nor a shell with job control is on PATH, so no job can be started",
                        "install util-linux, perl, python3 or bash");
    }

    Finding signals() {
        if (machine.succeeds("env", "--default-signal=INT,QUIT", "true")) {
            return Finding.ok("env gives commands back the signals that a background shell ignores");
        }
        for (String name : List.of("perl", "python3")) {
            if (machine.program(name) != null) {
                return Finding.ok(name + " gives commands back the signals that a background shell ignores");
            }
        }
        return Finding.note("neither 'env --default-signal', perl nor python3 is there; a signal to a job's leader alone takes effect only "
                + "when its command has ended",
                "install coreutils 8.31 or later, or use 'bgjob stop', which is not affected");
    }

    Finding shell() {
        String shell = records.jobs().shell();
        var said = machine.run(shell, "-c", "echo \"${BASH_VERSION:+bash}${ZSH_VERSION:+zsh}$KSH_VERSION\"");
        if (!shell.startsWith("/") || said == null) {
            return Finding.problem(shell + " is to run the job scripts, but is no program" + (shell.startsWith("/") ? "" : " by an absolute path"),
                    "set BGJOB_SH to the absolute path of a POSIX shell, or unset it");
        }
        if (said.exit() != 0) {
            return Finding.problem(shell + " is to run the job scripts and does not run: " + first(said.output()),
                    "set BGJOB_SH to a POSIX shell that works, or unset it");
        }
        String kind = said.output().strip();
        if (kind.startsWith("bash") || kind.contains("93")) {
            return Finding.note(shell + " leads jobs; " + (kind.startsWith("bash") ? "bash" : "ksh93")
                    + " now and then loses the exit status of a command that ends in the moment a signal comes (the meta then has exit_doubt)",
                            "install dash, or set BGJOB_SH to it");
        }
        return Finding.ok(shell + " leads the jobs");
    }

    Finding git() {
        return machine.program("git") != null ? Finding.ok("git is there to say whether there are uncommitted changes")
                : Finding.note("git is not on PATH, so no record says whether there were uncommitted changes", "install git, if that matters");
    }

    /** None of these reaches a job: it has a session of its own. */
    Finding terminal() {
        var environment = machine.environment();
        String where = environment.get("TMUX") != null ? "tmux" : environment.get("STY") != null ? "screen"
                : environment.get("SSH_CONNECTION") != null ? "an SSH session" : "vscode".equals(environment.get("TERM_PROGRAM"))
                        ? "a terminal of VS Code"
                : environment.get("TERMINAL_EMULATOR") != null ? "a terminal of " + environment.get("TERMINAL_EMULATOR") : null;
        return where == null ? Finding.ok("this is no terminal that is known to end before its commands do")
                : Finding.note("this is " + where + ", which may end before its commands do; jobs go on", null);
    }

    private static String first(String text) {
        String line = text.strip();
        int end = line.indexOf('\n');
        return end < 0 ? line : line.substring(0, end);
    }
}
