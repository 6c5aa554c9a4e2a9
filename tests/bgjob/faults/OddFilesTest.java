package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Things in the place of record files that no program of bgjob's puts there: links, pipes, devices. */
class OddFilesTest {
    private static final String STAMP = "_20200101_000000";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private Path place(String label, String suffix) {
        return home.logs().resolve(label + STAMP + suffix);
    }

    private void pipe(String label, String suffix) {
        home.command(Tool.need("mkfifo"), place(label, suffix).toString()).run();
    }

    private void link(String label, String suffix, String target) throws IOException {
        Files.createSymbolicLink(place(label, suffix), Path.of(target));
    }

    @Test
    @Fault(value = "record files", promise = "a pipe, a device or a link in the place of a record file keeps no command waiting and tells nothing")
    void what_is_no_regular_file_tells_nothing_and_keeps_nobody_waiting() throws IOException {
        JobRecord good = home.start("good", "sh", "-c", "exit 3").ended();
        pipe("pipemeta", ".meta");
        pipe("pipeexit", ".exit");
        link("zerometa", ".meta", "/dev/zero");
        link("zeroexit", ".exit", "/dev/zero");
        link("loop", ".meta", "loop" + STAMP + ".meta");
        link("dangling", ".meta", "/nowhere");
        link("passwd", ".meta", "/etc/passwd");

        try (Calls program = Calls.open(home.work())) {
            for (String label : List.of("pipemeta", "pipeexit", "zerometa", "zeroexit", "loop", "dangling", "passwd")) {
                JsonObject status = JsonParser.parseString(program.ask("status", label, "--json").said()).getAsJsonObject();
                assertTrue(status.get("state").isJsonNull() && status.get("exit_code").isJsonNull(), label + ": " + status);
                assertEquals(125, program.ask("wait", label).status(), label);
                assertEquals(125, program.ask("result", label, "--json").status(), label);
                assertEquals(125, program.ask("stop", label).status(), label);
                assertEquals(1, program.ask("logs", label).status(), label);
            }
            assertEquals(8, program.ask("list", "--all", "--quiet").said().lines().count());
            assertEquals(0, program.ask("stats").status());
            assertEquals(1, program.ask("prune", "--keep", "0", "--dry-run").said().lines().filter(line -> line.contains(good.id())).count());
            assertEquals(3, program.ask("wait", "good").status());
        }
    }

    @Test
    @Fault(value = "record files", promise = "a pipe or a device in the place of a log is said to be no log, also while the job runs")
    void a_log_that_is_no_file_is_said_to_be_none() throws IOException {
        JobRecord running = home.start("tests", "gate", "end");
        Files.delete(running.log());
        home.command(Tool.need("mkfifo"), running.log().toString()).run();

        try (Calls program = Calls.open(home.work())) {
            assertEquals(0, program.ask("status", "tests").status());
            for (String verb : List.of("logs", "follow")) {
                Calls.Call call = program.ask(verb, "tests");
                assertEquals(1, call.status(), call.said());
                assertTrue(call.said().contains(running.log().toString()), call.said());
            }
            home.open("end");
            assertEquals(0, program.ask("wait", "tests").status());
            assertEquals(0, program.ask("result", "tests").status());
        }
    }
}
