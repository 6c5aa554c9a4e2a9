package bgjob.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

/**
 * What proves that a caller may use the dashboard: the token in the opened address, of this run alone, and what a browser gets for
 * it as a cookie, which outlives a restart. Both are 256 random bits.
 */
final class Secrets {
    private static final int BYTES = 32;

    private final String token = random();
    private final String session;

    private Secrets(String session) {
        this.session = session;
    }

    /** @return secrets whose session part is kept in the user's state folder; where that cannot be, of this run alone */
    static Secrets of(Map<String, String> environment) {
        String state = environment.get("XDG_STATE_HOME");
        String home = environment.get("HOME");
        if (state == null || !state.startsWith("/")) {
            state = home == null || !home.startsWith("/") ? null : home + "/.local/state";
        }
        return new Secrets(state == null ? random() : kept(Path.of(state, "bgjob", "web-session")));
    }

    private static String kept(Path file) {
        try {
            String text = Files.readString(file).strip();
            boolean ours = Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"));
            if (ours && text.length() == random().length()) {
                return text;
            }
            Files.delete(file); // somebody else could have read it
        } catch (NoSuchFileException e) {
            // the first time
        } catch (IOException | UnsupportedOperationException e) {
            return random();
        }
        String made = random();
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling("web-session." + ProcessHandle.current().pid());
            Files.deleteIfExists(fresh);
            try (var channel = Files.newByteChannel(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(StandardCharsets.US_ASCII.encode(made + "\n"));
            }
            Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UnsupportedOperationException e) {
            return made; // browsers have to be opened anew after a restart
        }
        return made;
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    String token() {
        return token;
    }

    String session() {
        return session;
    }

    boolean isToken(String given) {
        return same(token, given);
    }

    boolean isSession(String given) {
        return same(session, given);
    }

    /** In a time that does not tell how much of it was right. */
    private static boolean same(String secret, String given) {
        return given != null && MessageDigest.isEqual(secret.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
    }
}
