package bgjob.doctor;

import bgjob.job.Facts;
import bgjob.process.Commands;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * This machine as far as files and programs tell.
 *
 * @param root what stands before {@code /etc}, {@code /proc}, {@code /run} and {@code /var}; empty but in tests
 * @param environment the caller's environment
 * @param user who asks
 */
public record Machine(String root, Map<String, String> environment, String user) {
    private static final int MOST_BYTES = 1 << 18;
    private static final long MOST_MILLIS = 1500;

    /** @return the beginning of a file as text, or null when it cannot be read */
    String text(String path) {
        try (FileInputStream in = new FileInputStream(root + path)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }

    boolean exists(String path) {
        return new File(root + path).exists();
    }

    /** @return the names in a directory, sorted; none when there is no such directory */
    List<String> names(String path) {
        String[] names = new File(root + path).list();
        List<String> sorted = new ArrayList<>(names == null ? List.of() : Arrays.asList(names));
        sorted.sort(null);
        return sorted;
    }

    /** @return where a symbolic link leads, as it is written, or null */
    String link(String path) {
        try {
            return Files.readSymbolicLink(Path.of(root + path)).toString();
        } catch (IOException e) {
            return null;
        }
    }

    /** @return the number of the user that this process runs as, or -1 */
    long uid() {
        return field("/proc/self/status", "Uid:");
    }

    /** @return the first number behind a name at the start of a line, or -1 */
    long field(String file, String name) {
        String text = text(file);
        for (String line : text == null ? new String[0] : text.split("\n")) {
            if (line.startsWith(name)) {
                String[] words = line.substring(name.length()).strip().split("\\s+");
                return Facts.parse(words[0]);
            }
        }
        return -1;
    }

    /** @return the path of a program on PATH, or null */
    String program(String name) {
        if (name.startsWith("/")) {
            return new File(name).canExecute() ? name : null;
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            File file = new File(folder.isEmpty() ? "." : folder, name);
            if (file.isFile() && file.canExecute()) {
                return file.getPath();
            }
        }
        return null;
    }

    /** Runs a program of PATH, for a moment at most. @return what it did, or null when there is no such program */
    Commands.Result run(String name, String... arguments) {
        String path = program(name);
        if (path == null) {
            return null;
        }
        List<String> command = new ArrayList<>(List.of(path));
        command.addAll(Arrays.asList(arguments));
        return Commands.run(command, MOST_MILLIS);
    }

    /** @return whether the program is there and ends with 0 */
    boolean succeeds(String name, String... arguments) {
        Commands.Result result = run(name, arguments);
        return result != null && result.exit() == 0;
    }
}
