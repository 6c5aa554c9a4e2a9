package bgjob.process;

import bgjob.job.Facts;
import java.util.ArrayList;
import java.util.List;

/** Systems without /proc, macOS among them: ps(1) with the options that POSIX and BSD share, and {@code lstart}. */
final class PsTable implements ProcessTable {
    private static final List<String> ENV = List.of("env", "LC_ALL=C", "TZ=UTC0");
    private static final String COLUMNS = "pid=,ppid=,pgid=,stat=,lstart=";

    @Override
    public ProcessEntry find(long pid) {
        List<ProcessEntry> found = ps("-p", Long.toString(pid));
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public List<ProcessEntry> all() {
        return ps("-A");
    }

    private static List<ProcessEntry> ps(String... which) {
        List<String> command = new ArrayList<>(ENV);
        command.add("ps");
        command.addAll(List.of(which));
        command.addAll(List.of("-o", COLUMNS));
        List<ProcessEntry> entries = new ArrayList<>();
        for (String line : Commands.run(command).output().split("\n")) {
            ProcessEntry entry = parse(line);
            if (entry != null) {
                entries.add(entry);
            }
        }
        return entries;
    }

    static ProcessEntry parse(String line) {
        String[] words = line.strip().split(" +");
        if (words.length < 9) {
            return null;
        }
        StringBuilder start = new StringBuilder("lstart:").append(words[4]);
        for (int i = 5; i < words.length; i++) {
            start.append(' ').append(words[i]);
        }
        long pid = Facts.parse(words[0]);
        return pid < 0 ? null : new ProcessEntry(pid, Facts.parse(words[1]), Facts.parse(words[2]), -1, words[3].charAt(0), start.toString());
    }

    @Override
    public boolean hasEnvironment(long pid, String assignment) {
        return (" " + environment(pid) + " ").contains(" " + assignment + " ");
    }

    @Override
    public boolean hasVariable(long pid, String name) {
        return (" " + environment(pid)).contains(" " + name + "=");
    }

    /** BSD's ps shows the environment of one's own processes behind the command line. */
    private static String environment(long pid) {
        return Commands.run(List.of("ps", "-E", "-ww", "-o", "command=", "-p", Long.toString(pid))).output().strip();
    }

    @Override
    public String command(long pid) {
        String line = Commands.run(List.of("ps", "-ww", "-o", "command=", "-p", Long.toString(pid))).output().strip();
        return line.isEmpty() ? null : line;
    }

    @Override
    public String bootId() {
        Commands.Result result = Commands.run(List.of("sysctl", "-n", "kern.bootsessionuuid"));
        return result.exit() == 0 ? result.output().strip() : null;
    }

    @Override
    public String pidNamespace() {
        return null;
    }

    @Override
    public String host() {
        Commands.Result result = Commands.run(List.of("uname", "-n"));
        return result.exit() == 0 ? result.output().strip() : "localhost";
    }

    @Override
    public long uptimeMillis() {
        return -1;
    }
}
