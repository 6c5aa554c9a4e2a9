package bgjob.process;

import java.util.List;
import java.util.Map;

/** The launcher set aside what would disturb our own JVM; a job gets it back. */
public final class CallerEnvironment {
    private static final String[] SAVED = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "LC_ALL"};

    private CallerEnvironment() {
    }

    /**
     * Puts words in front of a command's that give it the environment of whoever called bgjob; none where that is the present one.
     *
     * @param command empty so far
     * @param environment the present one
     */
    public static void restore(List<String> command, Map<String, String> environment) {
        for (String name : SAVED) {
            String saved = environment.get("BGJOB_SAVED_" + name);
            if (saved != null) {
                prefix(command, "-u", "BGJOB_SAVED_" + name);
                command.add(name + "=" + saved);
            }
        }
        if (environment.containsKey("BGJOB_UNSET_LC_ALL")) {
            prefix(command, "-u", "BGJOB_UNSET_LC_ALL");
            prefix(command, "-u", "LC_ALL");
        }
    }

    private static void prefix(List<String> command, String option, String name) {
        if (command.isEmpty()) {
            command.add("env");
        }
        command.add(1, name);
        command.add(1, option);
    }
}
