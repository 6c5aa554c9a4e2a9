package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.BatchRecord;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One command, a list of items, and one job for all of them. */
class BatchTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private BatchRecord batch(String list, String... words) {
        List<String> arguments = new ArrayList<>(List.of("batch", "many"));
        arguments.addAll(List.of(words));
        return new BatchRecord(home.started(home.bgjob(arguments.toArray(new String[0])).stdin(list).run().out()));
    }

    private JsonObject result(String... words) {
        List<String> arguments = new ArrayList<>(List.of("result", "many", "--json"));
        arguments.addAll(List.of(words));
        return JsonParser.parseString(home.ok(arguments.toArray(new String[0]))).getAsJsonObject();
    }

    @Test
    void a_batch_waits_is_bounded_and_tells_like_any_job() {
        home.start("first", "gate", "first-ends");
        BatchRecord batch = batch("a\nb\nc\n", "--queue", "q", "--priority", "3", "--after", "first", "--timeout", "60", "--retry", "1", "--retry-delay", "0",
                "--nice", "1", "--max-log", "1M", "--notify", "--on-exit", "echo over $BGJOB_EXIT >told", "--", "sh", "-c", "echo $1; [ $1 != b ]", "sh", "{}");
        assertEquals("queued", home.status("many").get("state").getAsString());

        home.open("first-ends");
        home.bgjob("wait", "many").exits(123).run();
        assertEquals("a\n", batch.output(1));
        assertEquals("b\n\n--- bgjob: attempt 2, after exit 1 ---\nb\n", batch.output(2));
        assertEquals("c\n", batch.output(3));
        Await.until("it has told", () -> Files.exists(home.work().resolve("told")));
        assertEquals("completed", home.status("first").get("state").getAsString());
    }

    @Test
    void two_thousand_items_are_one_job_and_each_has_its_output_and_its_result() {
        StringBuilder list = new StringBuilder();
        IntStream.rangeClosed(1, 2000).forEach(n -> list.append("n").append(n).append('\n'));
        BatchRecord batch = batch(list.toString(), "--slots", "4", "--", "echo", "{}");

        assertTrue(home.ok("wait", "many").contains("completed (exit 0)"));

        assertEquals(2000, batch.exits().size());
        assertEquals(2000, batch.job().output().lines().distinct().count(), "the log has the output of all");
        assertEquals("n1711\n", home.ok("logs", "many", "--item", "1711"));
        JsonObject progress = home.status("many").getAsJsonObject("progress");
        assertEquals("2000 2000 protocol", progress.get("current") + " " + progress.get("total") + " " + progress.get("source").getAsString());
        JsonObject first = result();
        assertEquals(1000, first.getAsJsonArray("items").size());
        assertEquals(1001, first.getAsJsonObject("batch").get("next").getAsInt());
        JsonObject last = result("--from", "1001");
        assertEquals("n2000", last.getAsJsonArray("items").get(999).getAsJsonObject().get("item").getAsString());
        assertTrue(last.getAsJsonObject("batch").get("next").isJsonNull());
        assertEquals(1, JsonParser.parseString(home.ok("list", "--json", "--all")).getAsJsonArray().size());
    }

    @Test
    void failed_items_are_named_and_run_again_alone_under_their_numbers() {
        BatchRecord batch = batch("a\nb\nc\nd\n", "--slots", "9", "--sh", "echo out of {}; [ {} != b ] && [ {} != d ] || [ -e fixed ] || exit 3");

        String waited = home.bgjob("wait", "many").exits(123).run().out();

        assertTrue(waited.endsWith(": 2 of 4 items failed\n"), waited);
        assertEquals("failed", home.state("many"));
        assertEquals(Map.of(1, 0, 2, 3, 3, 0, 4, 3), batch.exits());
        assertTrue(batch.job().output().matches("(?s).*out of b\n.*bgjob: item 2 ended with 3: b\n.*"), batch.job().output());
        JsonObject progress = home.status("many").getAsJsonObject("progress");
        assertEquals("2", progress.get("failed_count").getAsString());
        List<String> names = new ArrayList<>();
        progress.getAsJsonArray("failed").forEach(name -> names.add(name.getAsString()));
        names.sort(null);
        assertEquals(List.of("b", "d"), names);
        JsonArray listed = result("--failed").getAsJsonArray("items");
        assertEquals("[2,4]", "[" + listed.get(0).getAsJsonObject().get("index") + "," + listed.get(1).getAsJsonObject().get("index") + "]");
        assertEquals("out of b\n", home.ok("logs", "many", "--item", "2"));

        home.write("fixed", "");
        BatchRecord again = new BatchRecord(home.started(home.ok("rerun", "many", "--failed")));
        assertEquals("0", again.job().ended().exitText());
        assertEquals(Map.of(2, 0, 4, 0), again.exits());
        assertEquals(batch.job().id(), again.job().fact("parent"));
        assertTrue(home.fails(1, "rerun", "many", "--failed").contains("every item of " + again.job().id() + " was completed"));
        BatchRecord all = new BatchRecord(home.started(home.ok("rerun", batch.job().id())));
        all.job().ended();
        assertEquals(4, all.exits().size(), "without --failed, all of them");
    }

    @Test
    void while_it_runs_items_are_running_and_waiting_and_it_can_be_paused() {
        BatchRecord batch = batch("1\n2\n3\n", "--slots", "1", "--", "sh", "-c", "echo item=$$; exec gate open$0", "{}");
        batch.told(1, "item");
        home.open("open1");
        batch.told(2, "item");

        JsonObject counts = result0();
        assertEquals("1 1 1", counts.get("completed") + " " + counts.get("running") + " " + counts.get("waiting"));
        assertEquals("1", home.status("many").getAsJsonObject("progress").get("current").getAsString());
        assertTrue(home.fails(1, "rerun", "many", "--failed").contains("can run again when it has ended"));
        assertTrue(home.fails(1, "logs", "many", "--item", "3").contains("was not begun"));
        assertTrue(home.fails(1, "logs", "many", "--item", "4").contains("it has 3, from 1 to 3"));
        home.ok("pause", "many");
        assertEquals("paused", home.state("many"));
        home.ok("resume", "many");
        home.open("open2");
        home.open("open3");
        assertEquals("0", batch.job().ended().exitText());
    }

    @Test
    void items_that_may_still_run_are_not_run_a_second_time() {
        BatchRecord batch = batch("1\n2\n", "--slots", "2", "--", "sh", "-c", "echo item=$$; exec gate open$0", "{}");
        batch.told(1, "item");
        batch.told(2, "item");
        batch.job().leader().signal("KILL");
        batch.job().leader().awaitEnd();
        assertTrue(home.fails(1, "rerun", "many", "--failed").contains("processes still run; end them first: bgjob stop " + batch.job().id()));

        home.sh("sed -i 's/^host=.*/host=elsewhere/; s/^boot_id=.*/boot_id=x/' .logs/" + batch.job().id() + ".meta").run();
        assertTrue(home.fails(125, "rerun", "many", "--failed").contains("it runs on elsewhere"));
        home.open("open1");
        home.open("open2");
    }

    private JsonObject result0() {
        return JsonParser.parseString(home.bgjob("result", "many", "--json").exits(1).run().out()).getAsJsonObject().getAsJsonObject("batch");
    }

    @Test
    void items_that_end_with_75_pause_the_batch_and_resume_goes_on_with_them() {
        BatchRecord batch = batch("a\nb\nc\n", "--slots", "1", "--sh",
                "[ {} != b ] || [ -e \"$BGJOB_CHECKPOINT/b\" ] || { : >\"$BGJOB_CHECKPOINT/b\"; exit 75; }");

        home.bgjob("wait", "many").exits(75).run();
        assertEquals("paused", home.state("many"));
        BatchRecord resumed = new BatchRecord(home.started(home.ok("resume", "many")));

        assertEquals("0", resumed.job().ended().exitText());
        assertEquals(Map.of(2, 0), resumed.exits());
        assertEquals(3, batch.exits().size());
        assertEquals("2", resumed.job().fact("attempt"));
    }

    @Test
    void an_item_is_tried_again_and_the_whole_has_one_time_limit() {
        BatchRecord flaky = batch("a\nb\n", "--slots", "2", "--retry", "2", "--retry-delay", "0s", "--sh", "echo try $BGJOB_ATTEMPT; [ $BGJOB_ATTEMPT = 3 ]");
        assertEquals("0", flaky.job().ended().exitText());
        assertEquals("try 1\n\n--- bgjob: attempt 2, after exit 1 ---\ntry 2\n\n--- bgjob: attempt 3, after exit 1 ---\ntry 3\n", flaky.output(1));
        assertEquals("completed", home.state("many"));

        BatchRecord late = batch("a\nb\nc\n", "--slots", "2", "--timeout", "1s", "--on-exit", "echo exit=$BGJOB_EXIT", "--", "gate", "never");
        late.job().ended();
        assertEquals("timed-out", home.state("many"));
        assertEquals(Map.of(1, 143, 2, 143), late.exits());
        assertTrue(late.job().output().endsWith("exit=143\n"), late.job().output());
        Await.until("nothing is left of it", () -> home.processes().isEmpty());
    }

    @Test
    void the_item_comes_last_where_no_word_names_it_and_every_place_gets_it() {
        assertEquals("x\n", appended("--", "echo"));
        assertEquals("1\n", appended("--", "echo", "{#}"));
        assertEquals("x-x 1\n", appended("--", "echo", "{}-{}", "{#}"));
        assertEquals("a x\n", appended("--sh", "echo $1 $2", "--", "a"));
        assertEquals("x x x $x $(x)\n", appended("--sh", "echo {} \"{}\" '{}' '$'{} '$('{}')'"));
    }

    private String appended(String... words) {
        return batch("x\n", words).job().ended().output();
    }

    @Test
    void shell_text_gets_the_item_as_one_word_wherever_it_stands() {
        List<String> items = HostileNames.arguments();
        home.write("list", String.join("\0", items) + "\0");
        BatchRecord batch = new BatchRecord(home.started(home.ok("batch", "many", "--from", "list", "-0", "--sh",
                "x=\"$(printf '%s.' {})\"; printf '%s\\0' {} \"<{}>\" '<{}>' \"$(printf '%s.' \"<{}>\")\" \"$x\"")));
        assertEquals("0", batch.job().ended().exitText(), batch.job().output());
        for (int i = 0; i < items.size(); i++) {
            String item = items.get(i);
            assertEquals(String.join("\0", item, "<" + item + ">", "<" + item + ">", "<" + item + ">.", item + ".") + "\0", batch.output(i + 1));
        }
    }

    @Test
    void bytes_that_are_no_text_reach_the_command_and_each_item_may_leave_a_result() throws IOException {
        Files.write(home.work().resolve("list"), new byte[] {'a', (byte) 0xff, (byte) 0xe9, 'b', '\n'});
        BatchRecord batch = new BatchRecord(home.started(home.ok("batch", "many", "--from", "list", "--", "sh", "-c", "printf %s \"$1\"; echo $BGJOB_LOG >$BGJOB_RESULT", "sh")));
        batch.job().ended();

        assertEquals("a\u00ff\u00e9b", Files.readString(batch.folder().resolve("1.log"), StandardCharsets.ISO_8859_1));
        JsonObject item = result().getAsJsonArray("items").get(0).getAsJsonObject();
        assertEquals(item.get("log").getAsString() + "\n", Files.readString(java.nio.file.Path.of(item.get("result_file").getAsString())));
    }

    @Test
    void secrets_in_items_are_shown_nowhere() throws IOException {
        BatchRecord batch = batch("https://me:s3cr3tpassw0rd@example.org/x\n", "--", "false");
        batch.job().ended();

        assertEquals("https://me:***@example.org/x", result().getAsJsonArray("items").get(0).getAsJsonObject().get("item").getAsString());
        for (String shown : List.of(home.ok("status", "many"), home.ok("result", "many"), home.ok("list", "--json"), batch.job().output(),
                Files.readString(batch.job().meta()))) {
            assertFalse(shown.contains("s3cr3t"), shown);
        }
    }

    @Test
    void output_of_an_item_is_in_one_piece_and_the_whole_record_can_be_removed() {
        BatchRecord batch = batch("a\nb\nc\nd\n", "--slots", "4", "--sh", "echo {}1; gate go; echo {}2; printf {}3");
        Await.until("all have begun", () -> "d1\n".equals(batch.output(4)) && "a1\n".equals(batch.output(1)));
        home.open("go");
        batch.job().ended();

        for (String name : List.of("a", "b", "c", "d")) {
            assertTrue(batch.job().output().contains(name + "1\n" + name + "2\n" + name + "3"), batch.job().output());
        }
        home.ok("prune", "--keep", "0");
        assertFalse(Files.exists(batch.folder()));
    }

    @Test
    void a_list_may_come_from_any_pipe() {
        for (String call : List.of("mkfifo list && { printf 'a\\nb\\n' >list & } && bgjob batch many --from list -- echo {}",
                "printf 'a\\nb\\n' | bgjob batch many --from /dev/stdin -- echo {}", "printf 'a\\nb\\n' | bgjob batch many --from /dev/fd/7 7<&0 -- echo {}")) {
            BatchRecord batch = new BatchRecord(home.started(home.sh(call).run().out()));
            assertEquals("0", batch.job().ended().exitText());
            assertEquals("a\nb\n", batch.output(1) + batch.output(2));
        }
    }

    @Test
    void what_makes_no_sense_is_refused_in_a_sentence() {
        home.write("nul", "a\0b\n");
        assertTrue(home.bgjob("batch", "x", "--", "true").stdin("\n\n").complains(2).run().err().contains("holds no items"));
        assertTrue(home.sh("bgjob batch x -- true <&-").complains(2).run().err().contains("the list on standard input holds no items"));
        assertTrue(home.fails(2, "batch", "x", "--from", "missing", "--", "true").contains("--from 'missing' is no file that can be read"));
        assertTrue(home.fails(2, "batch", "x", "--from", "nul", "--", "true").contains("is the list meant for --null?"));
        assertTrue(home.fails(2, "batch", "x", "--slots", "0", "--", "true").contains("--slots 0: a number from 1 to 1000"));
        assertTrue(home.fails(2, "batch", "x", "--slots", "many", "--", "true").contains("many"));
        assertTrue(home.fails(2, "batch", "x", "true").contains("bgjob batch x -- true"));
        assertTrue(home.fails(2, "batch", "x", "--").contains("no command behind --"));
        home.start("plain", "true").ended();
        assertTrue(home.fails(2, "rerun", "plain", "--failed").contains("is no batch"));
        assertTrue(home.fails(2, "logs", "plain", "--item", "1").contains("is no batch"));
        assertTrue(home.fails(2, "result", "plain", "--from", "3").contains("belong to --json"));
        assertEquals(1, JsonParser.parseString(home.ok("list", "--json")).getAsJsonArray().size(), "nothing is left of those refused");
    }
}
