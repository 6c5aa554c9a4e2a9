package bgjob.core;

import bgjob.job.BgjobException;
import java.util.ArrayList;
import java.util.List;

/** Commands that go through a shell because the user asked for one. */
public final class ShellCommand {
    private static final List<String> OWN = List.of("ID", "LABEL", "DIR", "LOG", "PROGRESS", "RESULT", "CHECKPOINT", "ATTEMPT", "ITEM", "ITEM_NUMBER");

    private ShellCommand() {
    }

    /** @return {@code sh -c text}, with the arguments as {@code $1 …} */
    public static List<String> ofText(String text, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", text));
        if (!arguments.isEmpty()) {
            words.add("sh");
            words.addAll(arguments);
        }
        return words;
    }

    /**
     * @param shell the user's login shell, or null for {@code /bin/sh}
     * @return the command, run by that shell as a login shell
     * @throws BgjobException of kind USAGE for a shell that cannot hand arguments on
     */
    public static List<String> throughLogin(String shell, List<String> command) {
        String path = shell == null || shell.isEmpty() ? "/bin/sh" : shell;
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<String> words = new ArrayList<>(List.of(path, "-l", "-c"));
        switch (name) {
            case "fish" -> words.add("exec $argv");
            case "csh", "tcsh" -> throw BgjobException.usage("--login cannot hand a command's arguments through " + path
                    + " exactly; use --sh, or set SHELL to a POSIX shell");
            default -> {
                words.add("exec \"$@\"");
                words.add(path);
            }
        }
        words.addAll(command);
        return words;
    }

    /** @return whether {@code text} is {@code NAME=value} with a name that a shell takes (POSIX, XBD 3.235) */
    public static boolean isAssignment(String text) {
        int equals = text.indexOf('=');
        for (int i = 0; i < equals; i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!letter && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return equals > 0;
    }

    /** @throws BgjobException of kind USAGE unless {@code text} is an assignment, and to no variable by which bgjob knows a job's processes */
    public static void requireAssignment(String text) {
        if (!isAssignment(text)) {
            throw BgjobException.usage("--env '" + text + "' is no NAME=VALUE; a name has letters, digits and '_', and begins with no digit");
        }
        String name = text.substring(0, text.indexOf('='));
        if (name.startsWith("BGJOB_") && OWN.contains(name.substring("BGJOB_".length()))) {
            throw BgjobException.usage("--env " + name + ": bgjob sets this variable for every job itself; take another name");
        }
    }
}
