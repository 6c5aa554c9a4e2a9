package bgjob.install;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The installed copy of this program, as its file {@code current} tells.
 *
 * @param data the folder it lies in
 * @param app the folder of the build in use
 * @param java the home of the Java that was chosen
 */
public record Installation(String data, String app, String java) {

    /** @return the one in the user's home, or null when there is none */
    public static Installation of(Map<String, String> environment) {
        try {
            Places places = Places.of(environment);
            String text = Disk.text(places.current());
            return text == null ? null : new Installation(places.data().toString(), value(text, "bgjob_app"), value(text, "bgjob_java_chosen"));
        } catch (BgjobException e) {
            return null; // no HOME, so nothing is installed for this user
        }
    }

    private static String value(String text, String name) {
        for (String line : text.split("\n")) {
            for (String word : line.startsWith("bgjob_") ? ShellWords.split(line) : List.<String>of()) {
                if (word.startsWith(name + "=")) {
                    return word.substring(name.length() + 1);
                }
            }
        }
        return "";
    }

    /** @return whether the build in use has all that it needs to start */
    public boolean whole() {
        return Files.isReadable(Path.of(app, "bgjob.jar"));
    }

    /** @return whether the Java that was chosen is still there */
    public boolean hasJava() {
        return Files.isExecutable(Path.of(java, "bin/java"));
    }

    /** @return whether it is the same program as the one in another build's folder */
    public boolean sameAs(String build) {
        try {
            return Files.mismatch(Path.of(app, "bgjob.jar"), Path.of(build, "bgjob.jar")) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** @param version as {@code java.runtime.version} has it. @return what the files of a Java's start-up archives begin with */
    public static String archives(String javaHome, String version) {
        Java java = Java.in(Path.of(javaHome));
        return java == null ? version : java.archives();
    }
}
