package bgjob.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The folder of one batch, read as any other program would read it. */
public record BatchRecord(JobRecord job) {
    public Path folder() {
        return job.dir().resolve("jobs").resolve(job.id() + ".batch");
    }

    /** @return the output of an item so far, or null when it was not begun */
    public String output(int item) {
        Path log = folder().resolve(item + ".log");
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the exit statuses recorded, by item; two for one item are a failure */
    public Map<Integer, Integer> exits() {
        Map<Integer, Integer> exits = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(folder().resolve("results"))) {
                String[] words = line.split(" ");
                if (exits.put(Integer.valueOf(words[0]), Integer.valueOf(words[1])) != null) {
                    throw new AssertionError("item " + words[0] + " ran twice");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exits;
    }

    /** @return the number behind {@code name=} in an item's output, waited for */
    public Proc told(int item, String name) {
        return new Proc(Await.value("item " + item + " of " + job.id() + " says " + name + "=", () -> {
            for (String line : String.valueOf(output(item)).split("(?<=\n)")) {
                if (line.startsWith(name + "=") && line.endsWith("\n")) {
                    return Long.valueOf(line.substring(name.length() + 1).strip());
                }
            }
            return null;
        }));
    }
}
