package bgjob.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of one job, read as any other program would read them. */
public record JobRecord(Path dir, String id) {
    public Path log() {
        return dir.resolve(id + ".log");
    }

    public Path meta() {
        return dir.resolve(id + ".meta");
    }

    public Path exit() {
        return dir.resolve(id + ".exit");
    }

    public Path pidFile() {
        return dir.resolve(id + ".pid");
    }

    public Path script() {
        return dir.resolve("jobs").resolve(id + ".sh");
    }

    /** @return the log so far */
    public String output() {
        return text(log());
    }

    /** @return what the exit file holds without its newline, or null while there is none */
    public String exitText() {
        return Files.exists(exit()) ? text(exit()).replaceFirst("\n$", "") : null;
    }

    /** @return the last value of a key of the meta as it is written, or null */
    public String fact(String key) {
        List<String> values = facts(key);
        return values.isEmpty() ? null : values.get(values.size() - 1);
    }

    public List<String> facts(String key) {
        List<String> values = new ArrayList<>();
        for (String line : text(meta()).split("\n")) {
            if (line.startsWith(key + "=")) {
                values.add(line.substring(key.length() + 1));
            }
        }
        return values;
    }

    /** @return the job's leader */
    public Proc leader() {
        return new Proc(Long.parseLong(text(pidFile()).strip()));
    }

    /** Waits until an ending is recorded, and the leader has gone with it. */
    public JobRecord ended() {
        Await.until("job " + id + " has an exit file; its log:\n" + output(), () -> Files.exists(exit()));
        leader().awaitEnd();
        return this;
    }

    /** Waits until the log holds a text. */
    public JobRecord says(String text) {
        Await.until("job " + id + " says '" + text + "'", () -> output().contains(text));
        return this;
    }

    /** @return the number behind {@code name=} in the log, waited for; commands tell pids so */
    public Proc told(String name) {
        return new Proc(Await.value("job " + id + " says " + name + "=", () -> {
            for (String line : output().split("(?<=\n)")) {
                if (line.startsWith(name + "=") && line.endsWith("\n")) {
                    return Long.valueOf(line.substring(name.length() + 1).strip());
                }
            }
            return null;
        }));
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
