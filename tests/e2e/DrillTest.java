package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.Proc;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import docs.Checkout;
import docs.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The drill keeps its own promises: it sees what is broken, and leaves nothing. */
class DrillTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private Path scratch;

    @BeforeEach
    void make() throws IOException {
        scratch = Files.createDirectory(home.root().resolve("scratch"));
        home.environment().put("TMPDIR", scratch.toString());
        home.environment().put("BGJOB_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch);
    }

    private static Map<String, String> results(JsonObject report) {
        Map<String, String> results = new TreeMap<>();
        for (JsonElement fault : report.getAsJsonArray("faults")) {
            results.put(fault.getAsJsonObject().get("name").getAsString(), fault.getAsJsonObject().get("result").getAsString());
        }
        return results;
    }

    private void nothingIsLeft() {
        assertEquals(List.of(), home.processes(), "no process");
        assertEquals(0, scratch.toFile().list().length, "no file");
        assertFalse(Files.exists(home.logs()), "the caller's records are not touched");
    }

    @Test
    void every_promise_is_kept_here_and_nothing_is_left() {
        JsonObject report = JsonParser.parseString(home.ok("doctor", "--drill", "--json")).getAsJsonObject();

        Map<String, String> results = results(report);
        assertFalse(results.containsValue("BROKEN"), report.toString());
        for (String name : List.of("leader-killed", "command-killed", "term-ignored", "run-killed-detach", "run-killed-record", "pid-reused",
                "reboot", "damaged-meta")) {
            assertEquals("kept", results.get(name), report.toString());
        }
        assertEquals(new Markdown(Checkout.text("docs/doctor.md")).rows("The drill").stream().map(row -> Markdown.plain(row.cells().get(0))).sorted().toList(),
                List.copyOf(results.keySet()));
        nothingIsLeft();
    }

    /** A shell whose leaders record another exit status. */
    @Test
    void a_broken_promise_is_seen_and_is_an_exit_status() {
        String liar = home.program("liar", "case ${2-} in record) sed 's/^bgjob_end() {/bgjob_end() { [ \"$bgjob_rc\" -lt 2 ] || "
                + "bgjob_rc=138;/' \"$1\" >\"$1.lie\";"
                + " exec /bin/sh \"$1.lie\" record ;; esac\nexec /bin/sh \"$@\"").toString();

        CliRun.Result result = home.bgjob("doctor", "--drill").env("BGJOB_SH", liar).exits(1).run();

        assertTrue(result.out().contains("BROKEN   command-killed"), result.out());
        assertTrue(result.out().contains("BROKEN   held"), result.out());
        assertTrue(result.out().contains("kept     pid-reused"), result.out());
        nothingIsLeft();
    }

    @Test
    void what_cannot_be_made_here_is_skipped_by_name() throws Exception {
        Path bin = Files.createDirectory(home.root().resolve("few"));
        for (String folder : System.getenv("PATH").split(":")) {
            String[] names = Path.of(folder).toFile().list();
            for (String name : names == null ? new String[0] : names) {
                if (!List.of("script", "unshare", "faketime").contains(name) && !Files.exists(bin.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(bin.resolve(name), Path.of(folder, name));
                }
            }
        }
        JsonObject report = JsonParser.parseString(home.bgjob("doctor", "--drill", "--json").env("PATH",
                bin.toString()).run().out()).getAsJsonObject();

        for (String name : List.of("hang-up", "clock-steps", "full-disk")) {
            assertEquals("skipped", results(report).get(name), report.toString());
        }
        nothingIsLeft();
    }

    @Test
    void a_drill_that_is_interrupted_cleans_up() {
        CliRun.Live drill = home.bgjob("doctor", "--drill").exitsAnyhow().start().says("command-killed");
        drill.process().signal("INT");
        assertEquals(130, drill.await().code());
        Await.until("nothing is left", () -> home.processes().stream().noneMatch(Proc::alive));
        nothingIsLeft();
    }
}
