///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Imports a session's transcript into a server: bgjob run import-transcript -- jbang import-transcript.java FILE URL SESSION
//JAVA 17+
//DEPS com.google.code.gson:gson:2.13.2
//SOURCES ../../lib/library.java
//SOURCES Peer.java

import bgjob.Worker;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A transcript has a JSON object a line. A hundred lines at a time go to {@code PUT sessions/SESSION/batches/N}: the messages, and the tasks
 * that begin in them, one with each message of type "user". Batch N is always the same lines, so one that is sent again after a kill
 * takes its own place. A line that is no object is counted as failed and named, and the others go on.
 */
class ImportTranscript {
    private static final int BATCH = 100;

    public static void main(String... args) {
        System.exit(Worker.run(args, ImportTranscript::work));
    }

    static void work(Worker worker) throws IOException {
        Path file = Path.of(worker.argument(0, "transcript"));
        Peer peer = new Peer(worker, worker.argument(1, "server's address"));
        String session = "sessions/" + URLEncoder.encode(worker.argument(2, "session"), StandardCharsets.UTF_8) + "/batches/";
        long total;
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) { // which has no malformed bytes
            total = lines.count();
        }
        long done = worker.savedNumber("lines");
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (long i = 0; i < done; i++) {
                in.readLine();
            }
            while (done < total && !worker.stopping()) {
                worker.progress(done, total, "batch " + done / BATCH);
                JsonObject batch = batch(worker, in, done, Math.min(BATCH, total - done));
                peer.must("PUT", session + done / BATCH, batch.toString().getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
                done = Math.min(total, done + BATCH);
                worker.save("lines", done);
            }
        }
        worker.progress(done, total, null);
        worker.result(done + " lines in " + (done + BATCH - 1) / BATCH + " batches");
    }

    private static JsonObject batch(Worker worker, BufferedReader in, long from, long lines) throws IOException {
        JsonArray messages = new JsonArray();
        JsonArray tasks = new JsonArray();
        for (long n = from + 1; n <= from + lines; n++) {
            String line = new String(in.readLine().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            try {
                JsonObject message = JsonParser.parseString(line).getAsJsonObject();
                boolean begins = message.has("type") && message.get("type").getAsString().equals("user");
                message.addProperty("line", n);
                messages.add(message);
                if (begins) {
                    JsonObject task = new JsonObject();
                    task.addProperty("begins_at", n);
                    tasks.add(task);
                }
            } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
                worker.failed("line " + n);
                worker.log("line " + n + " is no message: " + e.getMessage());
            }
        }
        JsonObject batch = new JsonObject();
        batch.add("messages", messages);
        batch.add("tasks", tasks);
        return batch;
    }
}
