package bgjob.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whose a file is: what others own or can write they can have changed. */
final class Owner {
    private static final String UID = "uid";
    private static final int OTHERS = 077;

    private Owner() {
    }

    /** @return the name of the user whose it is, when that is somebody else; null when it is the caller's, or the system does not say */
    static String foreign(Path file) {
        try {
            Object mine = Files.getAttribute(Path.of("/proc/self"), "unix:" + UID);
            return mine.equals(Files.getAttribute(file, "unix:" + UID)) ? null : Files.getOwner(file).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /** @return whether anybody but its owner may read, write or run it; not when the system does not say */
    static boolean shared(Path file) {
        try {
            Map<String, Object> mode = Files.readAttributes(file, "unix:mode");
            return ((Integer) mode.get("mode") & OTHERS) != 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
