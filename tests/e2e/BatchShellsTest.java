package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.BatchRecord;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch runs each item once and tells the truth about it, whichever shell leads it and whoever is killed. */
class BatchShellsTest {
    /** The first item says who runs it and waits; the others only say that they ran. */
    private static final String FIRST_WAITS = "echo item=$$; echo worker=$PPID; [ $1 != 1 ] || exec gate open";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    @ParameterizedTest
    @Retention(RetentionPolicy.RUNTIME)
    @ValueSource(strings = {"dash", "bash", "bash as sh", "busybox ash", "ksh93", "mksh", "zsh", "yash"})
    @interface InEveryShell {
    }

    private void use(String shell) throws IOException {
        String name = shell.equals("bash as sh") ? "sh" : shell.equals("busybox ash") ? "ash" : null;
        String path = Tool.need(name == null ? shell : shell.substring(0, shell.indexOf(' ')));
        if (name != null) {
            Path folder = Files.createDirectory(home.root().resolve("shell"));
            path = Files.createSymbolicLink(folder.resolve(name), Path.of(path)).toString();
        }
        home.environment().put("BGJOB_SH", path);
    }

    private BatchRecord batch(int items, int slots, String text) {
        StringBuilder list = new StringBuilder();
        for (int i = 1; i <= items; i++) {
            list.append("item ").append(i).append('\n');
        }
        home.write("list", list.toString());
        return new BatchRecord(home.started(home.ok("batch", "many", "--slots", Integer.toString(slots), "--from", "list", "--",
                "sh", "-c", text, "sh", "{#}", "{}")));
    }

    @InEveryShell
    void items_reach_the_command_exactly_and_each_once(String shell) throws IOException {
        use(shell);
        List<String> items = new ArrayList<>(HostileNames.arguments());
        items.addAll(List.of("{}", "{#}", "$1", "\"$2\"", "'", "''", "a'b'c", "\\'", "x\ny 'z\n"));
        home.write("list", String.join("\0", items) + "\0");
        BatchRecord batch = new BatchRecord(home.started(home.ok("batch", "odd", "--slots", "3", "--from", "list", "--null", "--",
                "sh", "-c", "[ \"$BGJOB_ITEM\" = \"$1\" ] && [ \"$BGJOB_ITEM_NUMBER\" = \"$2\" ] && printf '%s\\0' \"$@\"", "sh", "{}", "{#}", "<{}|{#}>")));

        assertEquals("0", batch.job().ended().exitText(), batch.job().output());

        assertEquals(items.size(), batch.exits().size());
        for (int i = 1; i <= items.size(); i++) {
            String item = items.get(i - 1);
            assertEquals(item + "\0" + i + "\0<" + item + "|" + i + ">\0", batch.output(i));
        }
        var byHand = home.command(home.environment().get("BGJOB_SH"), batch.job().script().toString()).in("/").run();
        StringBuilder expected = new StringBuilder();
        for (int i = 1; i <= items.size(); i++) {
            expected.append(items.get(i - 1)).append('\0').append(i).append("\0<").append(items.get(i - 1)).append('|').append(i).append(">\0");
        }
        assertEquals(expected.toString(), byHand.out(), "by hand, in order");
    }

    @InEveryShell
    void no_two_workers_take_the_same_item(String shell) throws IOException {
        use(shell);
        BatchRecord batch = batch(200, 8, "echo $1");

        assertEquals("0", batch.job().ended().exitText());

        assertEquals(200, batch.exits().size());
        assertEquals("200/200", progress());
    }

    private String progress() {
        var progress = home.status("many").getAsJsonObject("progress");
        return progress.get("current") + "/" + progress.get("total");
    }

    @InEveryShell
    void a_worker_that_is_killed_loses_its_item_and_blocks_no_other(String shell) throws IOException {
        use(shell);
        BatchRecord batch = batch(6, 1, FIRST_WAITS);

        batch.told(1, "worker").signal("KILL");
        batch.job().ended();

        assertEquals("123", batch.job().exitText());
        assertEquals(Map.of(2, 0, 3, 0, 4, 0, 5, 0, 6, 0), batch.exits());
        assertEquals("0 of 6 items failed, 1 did not run to an end", home.status("many").get("reason").getAsString());
        assertTrue(home.ok("result", "many").contains("Items: 6, 5 completed, 1 lost\n  1 lost: item 1\n"), home.ok("result", "many"));
        home.open("open");
    }

    @InEveryShell
    void when_the_leader_is_killed_nothing_more_is_begun_and_the_rest_can_run_again(String shell) throws IOException {
        use(shell);
        BatchRecord batch = batch(3, 1, FIRST_WAITS);
        Proc worker = batch.told(1, "worker");

        batch.job().leader().signal("KILL");
        batch.job().leader().awaitEnd();
        assertEquals("lost", home.state("many"));
        home.open("open");
        worker.awaitEnd();

        assertNull(batch.output(2));
        assertEquals(Map.of(1, 0), batch.exits(), "what ran is recorded all the same");
        BatchRecord again = new BatchRecord(home.started(home.ok("rerun", "many", "--failed")));
        assertEquals("0", again.job().ended().exitText());
        assertEquals(Map.of(2, 0, 3, 0), again.exits());
    }

    @InEveryShell
    void when_the_one_that_waits_for_the_workers_is_killed_they_end_after_their_item(String shell) throws IOException {
        use(shell);
        BatchRecord batch = batch(3, 1, FIRST_WAITS);
        Proc worker = batch.told(1, "worker");

        new Proc(worker.ppid()).signal("KILL");
        batch.job().ended();
        home.open("open");
        worker.awaitEnd();

        assertEquals("137", batch.job().exitText());
        assertEquals("failed", home.state("many"));
        assertNull(batch.output(2));
    }

    @InEveryShell
    void stop_ends_what_runs_and_begins_nothing_more(String shell) throws IOException {
        use(shell);
        for (String signal : List.of("TERM", "INT")) {
            BatchRecord batch = batch(5, 2, "trap 'exit 9' TERM; echo item=$$; gate never");
            Proc first = batch.told(1, "item");
            batch.told(2, "item");

            String printed = home.ok("stop", "many", "--signal", signal);

            assertTrue(printed.contains("nothing of it is left"), printed);
            assertEquals("stopped", home.state("many"), signal);
            assertTrue(!first.alive() && !batch.job().leader().alive());
            assertEquals(2, batch.exits().size());
            assertNull(batch.output(3), "an item that was not begun");
            String result = home.ok("result", "many");
            assertTrue(result.contains("Items: 5, 2 failed, 3 not-run\n"), result);
            Await.until("nothing is left of it", () -> home.processes().isEmpty());
        }
    }
}
