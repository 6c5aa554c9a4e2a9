package bgjob.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One Java on this machine, as the file {@code release} in its home describes it.
 *
 * @param home its home
 * @param vendor who built it; start.sh names archives by it
 * @param version like {@code 25.0.3+9-LTS}
 * @param major the version's first number
 */
record Java(Path home, String vendor, String version, int major) {
    /** The oldest that bgjob runs on. */
    static final int OLDEST = 17;

    /** @return the Java in that home, or null when there is none that says its version */
    static Java in(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return null;
        }
        String vendor = "";
        String runtime = "";
        String version = "";
        try {
            for (String line : Files.readString(home.resolve("release"), StandardCharsets.UTF_8).split("\n")) {
                int equals = line.indexOf('=');
                if (equals < 0) {
                    continue;
                }
                String value = line.substring(equals + 1).strip();
                value = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1) : value;
                switch (line.substring(0, equals)) {
                    case "IMPLEMENTOR" -> vendor = value;
                    case "JAVA_RUNTIME_VERSION" -> runtime = value;
                    case "JAVA_VERSION" -> version = value;
                    default -> {
                    }
                }
            }
        } catch (IOException e) {
            return null;
        }
        version = runtime.isEmpty() ? version : runtime;
        int digits = 0;
        while (digits < version.length() && Character.isDigit(version.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > 4) {
            return null;
        }
        int slash = vendor.indexOf('/');
        return new Java(home, slash < 0 ? vendor : vendor.substring(0, slash), version, Integer.parseInt(version.substring(0, digits)));
    }

    /** An early-access build is no release. */
    boolean early() {
        return version.contains("-ea") || version.contains("-internal") || version.contains("-beta");
    }

    /** @return what the file names of its start-up archives begin with, as start.sh spells it */
    String archives() {
        return vendor + "-" + version;
    }

    @Override
    public String toString() {
        return home + " (" + version + ")";
    }
}
