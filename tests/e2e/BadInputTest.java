package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be done is refused in one sentence with the promised exit code, and nothing half-done is left. */
class BadInputTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private void refused(int code, String part, String... arguments) {
        String sentence = home.fails(code, arguments);
        assertTrue(sentence.contains(part), "'" + part + "' in: " + sentence);
    }

    @Test
    void a_label_that_is_none_is_refused() {
        for (String label : List.of("", "a b", "a/b", "../up", "ü", "a\nb", "x".repeat(181), "$(id)")) {
            refused(2, label.isEmpty() ? "is empty" : label.length() > 180 ? "longer than 180" : "has a character other than",
                    "run", label, "--", "true");
        }
        refused(2, "is no label or job id", "status", "a/b");
        assertEquals(List.of(), home.files());
        home.ok("run", "x".repeat(180), "--wait", "--", "true");
        home.ok("run", "A-Za-z0-9._-", "--wait", "--", "true");
        home.ok("run", "..", "--wait", "--", "true");
    }

    @Test
    void a_run_without_command_is_refused() {
        refused(2, "put it behind --", "run", "tests");
        refused(2, "no command behind --", "run", "tests", "--");
        refused(2, "put -- before the command", "run", "tests", "pytest", "tests/");
        refused(2, "LABEL", "run");
        refused(2, "LABEL", "run", "--", "true");
        assertEquals(List.of(), home.files());
    }

    @Test
    void a_value_that_is_no_number_or_no_place_is_named_with_what_is_taken() {
        for (String option : List.of("--nice", "--retry")) {
            for (String value : List.of("x", "", "1.5", "99999999999")) {
                refused(2, "'" + value + "' is no whole number that can be used; write it in digits, such as 5", "run", "a", option, value, "--", "true");
            }
        }
        refused(2, "'many' is no whole number", "batch", "a", "--slots", "many", "--", "true");
        refused(2, "write the option alone", "run", "a", "--notify=yes", "--", "true");
        refused(2, "--cwd '' is no directory", "run", "a", "--cwd", "", "--", "true");
        refused(2, "a name has letters, digits", "run", "a", "--env", "A-B=c", "--", "true");
        for (String name : List.of("BGJOB_ID", "BGJOB_DIR", "BGJOB_ITEM_NUMBER")) {
            refused(2, "--env " + name + ": bgjob sets this variable", "run", "a", "--env", name + "=x", "--", "true");
        }
        assertEquals(List.of(), home.files());
        home.ok("run", "a", "--env", "BGJOB_MAX_LOG=1G", "--wait", "--", "true");
        refused(124, "still waiting after 0.3s: sleeper_", "wait", home.started(home.ok("run", "sleeper", "--", "gate", "go")).id(), "--timeout", "300ms");
        home.open("go");
    }

    @Test
    void unknown_verbs_and_options_are_named() {
        refused(2, "there is no command 'statsu'; did you mean 'status'", "statsu");
        refused(2, "--nonsense", "list", "--nonsense");
        refused(2, "--nonsense", "run", "a", "--nonsense", "--", "true");
        refused(2, "surplus", "status", "a", "surplus");
        assertTrue(home.ok().startsWith("Usage: bgjob"), "no arguments at all show help");
        assertTrue(home.ok("--help").contains("follow"));
        assertTrue(home.ok("run", "--help").contains("bgjob run LABEL"));
        assertTrue(home.ok("--version").matches("bgjob \\S+\n"));
    }

    @Test
    void values_that_make_no_sense_are_refused() {
        home.start("a", "gate", "never");

        refused(2, "'SIGFOO' is no signal", "stop", "a", "--signal", "SIGFOO");
        refused(2, "is no signal", "stop", "a", "--signal", "");
        refused(2, "'soon' is no length of time", "stop", "a", "--grace", "soon");
        refused(2, "'-1s' is no length of time", "stop", "a", "--grace", "-1s");
        refused(2, "is no length of time", "wait", "a", "--timeout", "99999999999999999999d");
        refused(2, "'alive' is no state", "list", "--state", "alive");
        refused(2, "from 1 up", "list", "-n", "0");
        refused(2, "-n", "list", "-n", "many");
        refused(2, "is neither a length of time", "list", "--since", "yesterday");
        refused(2, "--timeout '300ms': whole seconds from 1s up are needed", "run", "b", "--timeout", "300ms", "--", "true");
        refused(2, "--timeout '0': whole seconds from 1s up", "run", "b", "--timeout", "0", "--", "true");
        refused(2, "--timeout '1500ms': whole seconds from 1s up", "batch", "b", "--timeout", "1500ms", "--", "true");
        refused(2, "--grace '200ms': whole seconds from 0s up", "run", "b", "--timeout", "1", "--grace", "200ms", "--", "true");
        refused(2, "--retry-delay '100ms': whole seconds from 0s up", "run", "b", "--retry", "1", "--retry-delay", "100ms", "--", "true");
        refused(2, "--quiet does not go with --json", "list", "--quiet", "--json");
        refused(2, "from 0 up", "logs", "a", "-n", "-1");
        refused(2, "from 0 up", "logs", "a", "--since", "-1");
        refused(2, "exclude each other", "logs", "a", "--since", "1", "-n", "1");
        refused(2, "is no NAME=VALUE", "run", "b", "--env", "1A=x", "--", "true");
        refused(2, "is no NAME=VALUE", "run", "b", "--env", "A", "--", "true");
        refused(2, "is no directory", "run", "b", "--cwd", "nowhere", "--", "true");
        refused(2, "is no file of a job", "latest", "a", "--file", "core");
        refused(2, "say what to stop", "stop");
        refused(2, "not both", "stop", "a", "--all");
        assertEquals("running", home.state("a"));
        assertEquals("a\n", home.ok("list", "--quiet").replaceAll("_.*", ""), "no job has come of it");
    }

    @Test
    @Fault(value = "record files", promise = "empty, cut off, garbage, huge, or a folder: cannot tell, and all other jobs are listed")
    void damaged_records_are_read_without_a_guess() throws IOException {
        home.write(".logs/empty_20200101_000000.meta", "");
        home.write(".logs/garbage_20200101_000000.meta", "\u0000\u0001=\n=x\nno equals sign\npid=abc\nstarted=never\nexit=999\n");
        home.write(".logs/huge_20200101_000000.meta", "pid=1\n" + "x".repeat(20_000_000));
        home.write(".logs/cut_20200101_000000.meta", "label=cut\npid=1\nstart_time=ticks:1\nexit=0");
        home.write(".logs/noexit_20200101_000000.meta", "label=noexit\npid=1\n");
        home.write(".logs/noexit_20200101_000000.exit", "");
        home.write(".logs/badexit_20200101_000000.meta", "label=badexit\npid=1\n");
        home.write(".logs/badexit_20200101_000000.exit", "0x10\n");
        home.write(".logs/bigexit_20200101_000000.exit", "1".repeat(1_000_000));
        home.write(".logs/cutexit_20200101_000000.exit", "1");
        Files.createDirectories(home.logs().resolve("folder_20200101_000000.meta"));
        Files.createDirectories(home.logs().resolve("folder2_20200101_000000.exit"));
        home.write(".logs/rescued_20200101_000000.meta", "label=rescued\npid=1\nexit=7\n");
        home.write(".logs/rescued_20200101_000000.exit", "oops\n");

        for (String label : List.of("empty", "garbage", "huge", "noexit", "badexit", "bigexit", "cutexit", "folder", "folder2")) {
            var status = home.status(label);
            assertTrue(status.get("state").isJsonNull() && status.get("exit_code").isJsonNull(), label + ": " + status);
            assertTrue(home.bgjob("wait", label).exits(125).noisy().run().err().contains("cannot tell"), label);
            assertTrue(home.fails(125, "stop", label).contains("cannot"), label);
        }
        assertEquals("lost", home.state("cut"), "a line without its end does not count");
        home.bgjob("wait", "rescued").exits(7).run();
        assertEquals(11, JsonParser.parseString(home.ok("list", "--json")).getAsJsonArray().size());
        home.ok("list");
        JobRecord good = home.start("good", "true").ended();
        assertEquals(good.id() + "\n", home.ok("list", "-n", "1", "--quiet"));
    }

    @Test
    void logs_that_is_a_file_or_a_dangling_link_is_said() throws IOException {
        home.write(".logs", "not a directory\n");
        refused(1, home.logs() + " is not a directory", "run", "a", "--", "true");
        refused(1, "is not a directory", "status", "a");
        refused(1, "is not a directory", "list");
        Files.delete(home.logs());
        Files.createSymbolicLink(home.logs(), Path.of("nowhere/at/all"));
        refused(1, home.logs().toString(), "run", "a", "--", "true");
    }

    @Test
    void without_a_shell_no_job_is_begun() {
        for (String shell : List.of("/nonexistent", home.work().toString(), home.write("plain", "").toString())) {
            CliRun run = home.bgjob("run", "a", "--", "true").env("BGJOB_SH", shell).complains(1);
            assertTrue(run.run().err().contains(shell), shell);
            assertEquals(List.of(), home.files(), shell);
        }
        home.program("broken-shell", "exit 3");
        home.bgjob("run", "a", "--", "true").env("BGJOB_SH", home.bin() + "/broken-shell").complains(1).run();
        assertEquals(List.of(), home.files());
    }

    private interface Check {
        void on(Path place) throws IOException;
    }

    /** Tries something on a mounted file system of its own, when that is allowed. */
    private void mounted(String options, Check check) throws IOException {
        Path place = Files.createDirectory(home.root().resolve("mounted"));
        Tool.need("mount");
        int code = home.command("mount", "-t", "tmpfs", "-o", options, "tmpfs", place.toString()).exitsAnyhow().run().code();
        assumeTrue(code == 0, "mounting is not allowed here");
        try {
            check.on(place);
        } finally {
            home.command("umount", "-l", place.toString()).run();
        }
    }

    private void fill(Path place) {
        home.sh("cat /dev/zero >\"$0\"", place + "/filler").exitsAnyhow().run();
    }

    @Test
    @Fault(value = "a full disk", promise = "on a full file system `run` says so and leaves nothing; reading goes on")
    void a_full_disk_is_said_and_nothing_is_left() throws IOException {
        mounted("size=64k", place -> {
            Path logs = place.resolve("logs");
            home.ok("run", "a", "--dir", logs.toString(), "--wait", "--", "true");
            fill(place);
            List<String> before = home.sh("ls -A \"$0\" \"$0/jobs\"", logs.toString()).run().lines();

            refused(1, "no space left", "run", "b", "--dir", logs.toString(), "--", "true");

            assertEquals(before, home.sh("ls -A \"$0\" \"$0/jobs\"", logs.toString()).run().lines());
            assertEquals("completed", JsonParser.parseString(home.ok("status", "a", "--dir", logs.toString(), "--json"))
                    .getAsJsonObject().get("state").getAsString(), "reading goes on");
        });
    }

    @Test
    @Fault(value = "a full disk", promise = "one that fills while a job runs costs neither the job nor its ending")
    void a_disk_that_fills_while_a_job_runs_costs_neither_the_job_nor_its_ending() throws IOException {
        mounted("size=128k", place -> {
            String logs = place.resolve("logs").toString();
            String printed = home.ok("run", "a", "--dir", logs, "--", "sh", "-c", "gate end; exit 6");
            String id = JobHome.value(printed, "Id");
            fill(place);

            home.open("end");
            var waiting = home.bgjob("wait", "a", "--dir", logs).exits(6).start();
            Await.until("the command has ended", () -> home.processes().stream()
                    .noneMatch(process -> process.commandLine().contains("gate")));
            assertTrue(waiting.process().alive() && !Files.exists(Path.of(logs, id + ".exit")), "no ending is recorded yet");
            Files.delete(place.resolve("filler"));

            waiting.await();
            assertEquals("6\n", Files.readString(Path.of(logs, id + ".exit")));
        });
    }

    @Test
    @Fault(value = "a full disk", promise = "`stop` leaves the leader alone that waits to record an ending, and says so")
    void a_leader_that_waits_to_record_survives_a_stop() throws IOException {
        mounted("size=128k", place -> {
            String logs = place.resolve("logs").toString();
            String id = JobHome.value(home.ok("run", "a", "--dir", logs, "--", "sh", "-c", "gate end; exit 6"), "Id");
            fill(place);
            home.open("end");
            Await.until("it has noted its ending", () -> home.ok("status", "a", "--dir", logs).contains("has ended with 6"));

            refused(1, "which waits until it can record the ending: the command has ended with 6", "stop", "a", "--dir", logs, "--grace", "5s");
            Files.delete(place.resolve("filler"));
            home.bgjob("wait", "a", "--dir", logs).exits(6).run();
            assertEquals("6\n", Files.readString(Path.of(logs, id + ".exit")));
        });
    }

    @Test
    @Fault(value = "`.logs` read-only or gone", promise = "read-only while a job runs: `stop` ends its command, and its leader records that once it can")
    void a_job_can_be_stopped_where_nothing_can_be_written() throws IOException {
        mounted("size=256k", place -> {
            String logs = place.resolve("logs").toString();
            home.ok("run", "a", "--dir", logs, "--", "gate", "never");
            home.command("mount", "--bind", logs, logs).run();
            home.command("mount", "-o", "remount,ro,bind", logs).run();

            refused(1, "which waits until it can record the ending; can .logs be written?", "stop", "a", "--dir", logs, "--grace", "5s");
            home.command("umount", "-l", logs).run();
            home.bgjob("wait", "a", "--dir", logs).exits(143).run();
        });
    }

    @Test
    @Fault(value = "`.logs` read-only or gone", promise = "read-only: `run` says so, and what is there can be read")
    void a_read_only_directory_is_said_and_can_still_be_read() throws IOException {
        mounted("size=256k", place -> {
            String logs = place.resolve("logs").toString();
            home.ok("run", "a", "--dir", logs, "--wait", "--", "sh", "-c", "echo hello");
            Await.until("the leader has let go of its log", () -> home.processes().isEmpty());
            home.command("mount", "-o", "remount,ro", place.toString()).run();

            refused(1, "read-only", "run", "b", "--dir", logs, "--", "true");
            refused(1, "read-only", "run", "b", "--dir", place + "/other", "--", "true");
            assertTrue(home.ok("status", "a", "--dir", logs).startsWith("NOT RUNNING label=a"));
            assertEquals("hello\n", home.ok("logs", "a", "--dir", logs));
            assertFalse(home.ok("list", "--dir", logs).contains("b_"));
        });
    }
}
