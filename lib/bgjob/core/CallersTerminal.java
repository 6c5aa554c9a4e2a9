package bgjob.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The terminal at which bgjob was called. Only Linux tells it. */
final class CallersTerminal {
    private CallersTerminal() {
    }

    /** @return its path, such as {@code /dev/pts/3}, or null when there is none or it cannot be told */
    static String path() {
        for (int fd = 0; fd < 3; fd++) {
            try {
                String path = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
                if (path.startsWith("/dev/pts/") || path.startsWith("/dev/tty")) {
                    return path;
                }
            } catch (IOException e) {
                // closed, or no /proc
            }
        }
        return null;
    }
}
