package bgjob.job;

import java.util.Locale;

/** Signals by name (POSIX, XBD signal.h, and those that Linux adds). */
public final class SignalName {
    private static final String KNOWN = " HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM CHLD CONT STOP TSTP"
            + " TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS ";
    private static final String[] NUMBERS = {"HUP", "INT", "QUIT", null, null, "ABRT", null, null, "KILL", null, null, null, null,
        "ALRM", "TERM"};

    private SignalName() {
    }

    /**
     * @param text a name with or without SIG in any case, or one of the numbers that POSIX fixes: 1 2 3 6 9 14 15
     * @return the name without SIG
     * @throws BgjobException of kind USAGE, naming the value and the accepted forms
     */
    public static String parse(String text) {
        String name = text.toUpperCase(Locale.ROOT);
        name = name.startsWith("SIG") ? name.substring(3) : name;
        for (int i = 0; i < NUMBERS.length; i++) {
            if (NUMBERS[i] != null && name.equals(Integer.toString(i + 1))) {
                return NUMBERS[i];
            }
        }
        if (name.isEmpty() || name.indexOf(' ') >= 0 || !KNOWN.contains(" " + name + " ")) {
            throw BgjobException.usage("'" + text + "' is no signal; use a name such as TERM, INT, HUP or USR1, or 1 2 3 6 9 14 15");
        }
        return name;
    }
}
