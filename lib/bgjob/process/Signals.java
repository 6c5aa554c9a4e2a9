package bgjob.process;

import java.util.ArrayList;
import java.util.List;

/** Sends signals by the shell's own kill, which reaches groups and knows every signal; Java reaches one process and two signals. */
public final class Signals {
    private Signals() {
    }

    /**
     * Signals processes and groups in one go.
     *
     * @param signal a name without SIG
     * @param targets process ids; a group is its id with a minus sign in front, as kill(1) has it
     */
    public static void send(String signal, List<Long> targets) {
        if (targets.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", "s=$1; shift; for t; do kill -s \"$s\" -- \"$t\"; done", "sh", signal));
        for (long target : targets) {
            command.add(Long.toString(target));
        }
        Commands.run(command);
    }
}
