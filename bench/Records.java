package bench;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/** Writes many old jobs' records, each a copy of a real job's under another name and of another time. */
final class Records {
    /** The label of the job that is copied. */
    static final String MODEL = "model";

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");
    /** A file system allows so many links to a file, and some more. */
    private static final int MOST_LINKS = 50_000;

    private final Path logs;
    private final Path jobs;
    private final String model;
    private final String meta;

    Records(Path logs) throws IOException {
        this.logs = logs;
        this.jobs = logs.resolve("jobs");
        String name = Place.names(logs).stream().filter(file -> file.startsWith(MODEL + "_") && file.endsWith(".meta")).findFirst()
                .orElseThrow(() -> new IOException("no job " + MODEL + " in " + logs));
        this.model = name.substring(0, name.length() - ".meta".length());
        this.meta = Files.readString(logs.resolve(name));
    }

    /** @return the name of the label of that number */
    static String label(int number) {
        return "label-" + number;
    }

    /** Writes that many jobs, a minute apart, those of a label one after the other; the newest is a day old and has label 0. */
    void write(int count, int labels) throws IOException {
        Path log = logs.resolve(model + ".log");
        Path exit = logs.resolve(model + ".exit");
        Path script = jobs.resolve(model + ".sh");
        LocalDateTime time = LocalDateTime.now().minusDays(1);
        for (int i = 0; i < count; i++) {
            String label = label((int) ((long) i * labels / count));
            String stamp = time.format(STAMP);
            String id = label + "_" + stamp;
            if (i % MOST_LINKS == 0) {
                log = copy(log, logs.resolve(id + ".log"));
                exit = copy(exit, logs.resolve(id + ".exit"));
                script = copy(script, jobs.resolve(id + ".sh"));
            } else { // what is the same in all takes no space of its own
                Files.createLink(logs.resolve(id + ".log"), log);
                Files.createLink(logs.resolve(id + ".exit"), exit);
                Files.createLink(jobs.resolve(id + ".sh"), script);
            }
            write(id + ".meta", meta(label, stamp, time.format(UTC)));
            write(id + ".pid", "1\n");
            time = time.minusMinutes(1);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        return Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void write(String name, String text) throws IOException {
        try (FileOutputStream out = new FileOutputStream(logs.resolve(name).toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String meta(String label, String stamp, String utc) {
        StringBuilder text = new StringBuilder(meta.length());
        for (String line : meta.split("\n")) {
            String key = line.substring(0, line.indexOf('='));
            String value = switch (key) {
                case "ts" -> stamp;
                case "label" -> label;
                case "created", "started", "ended" -> utc;
                default -> line.substring(key.length() + 1);
            };
            text.append(key).append('=').append(value).append('\n');
        }
        return text.toString();
    }
}
