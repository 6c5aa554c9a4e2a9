package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.PeerServer;
import bgjob.support.Proc;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** docs/examples/import-transcript.java: a hundred thousand lines, a hundred at a time. */
class ImportTranscriptTest {
    private static final int LINES = 100_000;
    private static final int LAST = 50;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Example example = new Example(home, "import-transcript");

    private String transcript() {
        StringBuilder text = new StringBuilder();
        for (int n = 1; n <= LINES + LAST; n++) {
            text.append(n == 777 || n == 99_999 ? "{\"type\": no" : n == 5 ? "[1]" : n == 1_006 ? "{\"type\":null}" : "{\"type\":\"" + (n % 20 == 1 ? "user" : "assistant")
                    + "\",\"text\":\"caf\u00e9 " + n + "\"}").append('\n');
        }
        return home.write("session.jsonl", text.toString()).toString();
    }

    @Test
    void every_line_arrives_once_though_it_was_killed() {
        try (PeerServer server = new PeerServer(0, null)) {
            JobRecord first = example.start(transcript(), server.address(), "s 1");
            Await.until("some batches are there", () -> server.batches().size() > 200);
            Proc.signal("KILL", -first.leader().pgid());
            first.leader().awaitEnd();
            assertTrue(server.batches().size() < LINES / 100, "it was never killed half-way");
            server.next("ok", "drop", "500");
            JobRecord second = example.ended(example.resume(), 0);

            assertEquals(LINES / 100 + 1, server.batches().size());
            Set<Integer> seen = new HashSet<>();
            int tasks = 0;
            for (int batch = 0; batch <= LINES / 100; batch++) {
                JsonObject body = JsonParser.parseString(server.batches().get(batch)).getAsJsonObject();
                tasks += body.getAsJsonArray("tasks").size();
                for (JsonElement message : body.getAsJsonArray("messages")) {
                    int line = message.getAsJsonObject().get("line").getAsInt();
                    assertTrue(seen.add(line) && (line - 1) / 100 == batch, "line " + line + " in batch " + batch);
                    assertEquals("caf\u00e9 " + line, message.getAsJsonObject().get("text").getAsString());
                }
            }
            assertEquals(LINES + LAST - 4, seen.size());
            assertEquals((LINES + LAST + 19) / 20, tasks);
            assertTrue(server.requests().stream().allMatch(request -> request.startsWith("PUT /sessions/s+1/batches/")));

            JsonObject progress = home.status(second.id()).getAsJsonObject("progress");
            assertEquals(LINES + LAST, progress.get("current").getAsInt());
            assertEquals(100, progress.get("percent").getAsInt());
            assertEquals(List.of("line 99999"), List.of(progress.getAsJsonArray("failed").get(0).getAsString()));
            assertTrue(first.output().contains("line 777 is no message"), first.output());
            assertEquals((LINES + LAST) + " lines in 1001 batches\n", home.ok("result", second.id(), "--raw"));
        }
    }
}
