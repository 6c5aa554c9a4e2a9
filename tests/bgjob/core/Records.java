package bgjob.core;

import bgjob.job.JobId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Writes the records that leaders would have written. */
final class Records {
    static final long NOW = 1_795_237_567_000L;

    private final Path logs;

    Records(Path temp) {
        this.logs = temp.resolve(".logs");
        logs.toFile().mkdir();
    }

    String path() {
        return logs.toString();
    }

    JobId started(String id, String... lines) {
        write(id + ".meta", "ts=" + id.substring(id.indexOf('_') + 1) + "\nlabel=" + id.substring(0, id.indexOf('_'))
                + "\ncmd=make 'a b'\nuser=me\nbackend=local\ncreated=2026-11-21T05:06:06Z\nhost=here\npid=4711\npgid=4711\n"
                + "uptime=100.00\nstarted=2026-11-21T05:06:07Z\n" + String.join("", Arrays.stream(lines).map(line -> line + "\n").toList()));
        write(id + ".log", "");
        return JobId.parse(id);
    }

    JobId ended(String id, int exit, String... lines) {
        started(id, lines);
        write(id + ".meta", "uptime_end=103.50\nended=2026-11-21T05:06:10Z\nexit=" + exit + "\n");
        write(id + ".exit", exit + "\n");
        return JobId.parse(id);
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(logs.resolve(name).getParent());
            Files.writeString(logs.resolve(name), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(logs.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String name) {
        return Files.exists(logs.resolve(name));
    }
}
