package e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The main job: a command goes on without us, and its record says what became of it. */
class MainJobTest {
    private static final List<String> FIELDS = List.of("id", "label", "state", "exit_code", "signal", "reason", "pid", "pgid",
            "command", "cwd", "user", "host", "backend", "queue", "attempt", "parent", "created_at", "started_at", "updated_at",
            "finished_at", "duration_seconds", "progress", "git", "files", "survivors", "left_processes",
            "log_dropped_bytes", "on_exit_status", "slurm", "snapshot_bytes", "at_commit", "at_commit_note");

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    @Test
    void run_prints_label_id_pid_pgid_log_meta_and_what_to_type_next() {
        String printed = home.ok("run", "tests", "--", "gate", "end");

        JobRecord job = home.started(printed);
        String pid = Long.toString(job.leader().pid());
        assertLinesMatch(List.of("Started: +tests", "Id: +tests_\\d{8}_\\d{6}", "PID: +" + pid, "PGID: +" + pid, "Log: +"
                + job.log(),
                "Meta: +" + job.meta(), "Follow: +\\S*bgjob follow tests", "Stop: +\\S*bgjob stop tests"), printed.lines()
                        .toList());
    }

    @Test
    void run_returns_while_the_command_runs_in_a_group_and_session_of_its_own() {
        JobRecord job = home.start("tests", "sh", "-c", "echo command=$$; gate end");

        var command = job.told("command");
        var leader = job.leader();
        assertAll(
                () -> assertTrue(command.alive(), "the command runs"),
                () -> assertEquals(leader.pid(), leader.pgid(), "the leader leads its group"),
                () -> assertEquals(leader.pid(), leader.sid(), "the leader leads its session"),
                () -> assertEquals(leader.pid(), command.pgid(), "the command is in the leader's group"),
                () -> assertEquals(Long.toString(leader.pid()), job.fact("pid")),
                () -> assertEquals(Long.toString(leader.pid()), job.fact("pgid")),
                () -> assertNotEquals(new Proc(ProcessHandle.current().pid()).sid(), leader.sid(), "not the caller's session"));
        home.open("end");
        job.ended();
        assertEquals("0", job.exitText());
    }

    @Test
    void the_first_two_lines_of_status_are_exact_in_every_state() {
        JobRecord running = home.start("r", "gate", "never");
        JobRecord stopped = home.start("s", "gate", "never");
        JobRecord lost = home.start("l", "gate", "never");
        JobRecord completed = home.start("c", "true").ended();
        JobRecord failed = home.start("f", "sh", "-c", "exit 3").ended();
        home.ok("stop", "s");
        Proc.signal("KILL", -lost.leader().pgid());
        lost.leader().awaitEnd();

        assertAll(
                () -> assertEquals(List.of("RUNNING label=r pid=" + running.leader().pid(),
                        "EXITCODE <unknown yet> (no .exit file found)"),
                        firstTwo("r")),
                () -> assertEquals(List.of("NOT RUNNING label=c pid=" + completed.fact("pid"), "EXITCODE 0 (file: "
                        + completed.exit() + ")"),
                        firstTwo("c")),
                () -> assertEquals(List.of("NOT RUNNING label=f pid=" + failed.fact("pid"), "EXITCODE 3 (file: " + failed.exit()
                        + ")"),
                        firstTwo("f")),
                () -> assertEquals(List.of("NOT RUNNING label=s pid=" + stopped.fact("pid"), "EXITCODE 143 (file: "
                        + stopped.exit() + ")"),
                        firstTwo("s")),
                () -> assertEquals(List.of("NOT RUNNING label=l pid=" + lost.fact("pid"),
                        "EXITCODE <unknown yet> (no .exit file found)"),
                        firstTwo("l")));
    }

    private List<String> firstTwo(String label) {
        return home.ok("status", label).lines().limit(2).toList();
    }

    @Test
    @Fault(value = "files of others", promise = "a record is its owner's alone whatever the umask")
    void the_record_is_private_and_whole_whatever_the_umask() throws IOException {
        JobRecord job = home.started(home.sh("umask 000; bgjob run tests -- sh -c 'echo hello; umask'").run().out()).ended();

        assertEquals("hello\n0000\n", job.output(), "the command keeps the caller's umask");
        assertEquals(job.fact("pid") + "\n", Files.readString(job.pidFile()));
        assertEquals("0\n", Files.readString(job.exit()));
        assertAll(
                () -> assertEquals("rwx------", mode(home.logs())),
                () -> assertEquals("rwx------", mode(home.logs().resolve("jobs"))),
                () -> assertEquals("rw-------", mode(job.log())),
                () -> assertEquals("rw-------", mode(job.pidFile())),
                () -> assertEquals("rw-------", mode(job.exit())),
                () -> assertEquals("rw-------", mode(job.meta())),
                () -> assertEquals("rwx------", mode(job.script())));
        assertEquals(List.of("jobs/" + job.id() + ".sh", job.id() + ".exit", job.id() + ".log", job.id() + ".meta", job.id()
                + ".pid"),
                home.files().stream().sorted(Comparator.comparing(name -> !name.startsWith("jobs/"))).toList());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void the_meta_has_every_promised_key() throws IOException {
        JobRecord job = home.start("tests", "echo", "two words", "it's").ended();

        String sha = home.sh("git rev-parse HEAD").run().out().strip();
        String host = home.sh("uname -n").run().out().strip();
        assertAll(
                () -> assertEquals(job.id(), "tests_" + job.fact("ts")),
                () -> assertEquals("tests", job.fact("label")),
                () -> assertEquals(home.work().toString(), job.fact("repo_dir")),
                () -> assertEquals(home.work().toString(), job.fact("cwd")),
                () -> assertTrue(new File(job.fact("shell")).canExecute(), job.fact("shell")),
                () -> assertEquals("", job.fact("venv_activate")),
                () -> assertEquals("echo 'two words' 'it'\\''s'", job.fact("cmd")),
                () -> assertEquals(System.getProperty("user.name"), job.fact("user")),
                () -> assertEquals(host, job.fact("host")),
                () -> assertEquals(sha, job.fact("git_sha")),
                () -> assertEquals("main", job.fact("git_branch")),
                () -> assertEquals("false", job.fact("git_dirty")),
                () -> assertEquals(job.leader().pid(), Long.parseLong(job.fact("pid"))),
                () -> assertEquals(job.fact("pid"), job.fact("pgid")),
                () -> assertTrue(job.fact("started").matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), job.fact("started")),
                () -> assertEquals("0", job.fact("exit")));
        for (String line : Files.readAllLines(job.meta())) {
            assertTrue(line.matches("[a-z_0-9]+=.*"), line);
        }
    }

    @Test
    void status_json_has_exactly_the_promised_fields() {
        JobRecord job = home.start("tests", "sh", "-c", "exit 5", "with space").ended();

        JsonObject json = home.status("tests");
        assertEquals(FIELDS, List.copyOf(json.keySet()));
        assertEquals(List.of("sha", "branch", "dirty"), List.copyOf(json.getAsJsonObject("git").keySet()));
        assertEquals(List.of("log", "meta", "exit", "pid", "script"), List.copyOf(json.getAsJsonObject("files").keySet()));
        assertAll(
                () -> assertEquals(job.id(), json.get("id").getAsString()),
                () -> assertEquals("failed", json.get("state").getAsString()),
                () -> assertEquals(5, json.get("exit_code").getAsInt()),
                () -> assertTrue(json.get("signal").isJsonNull()),
                () -> assertEquals(job.leader().pid(), json.get("pid").getAsLong()),
                () -> assertEquals(List.of("sh", "-c", "exit 5", "with space"),
                        json.getAsJsonArray("command").asList().stream().map(word -> word.getAsString()).toList()),
                () -> assertEquals(job.exit().toString(), json.getAsJsonObject("files").get("exit").getAsString()),
                () -> assertEquals(job.fact("started"), json.get("started_at").getAsString()),
                () -> assertEquals(job.fact("ended"), json.get("finished_at").getAsString()),
                () -> assertTrue(json.get("duration_seconds").getAsDouble() >= 0),
                () -> assertEquals(0, json.getAsJsonArray("survivors").size()),
                () -> assertTrue(json.get("parent").isJsonNull()));
    }

    @Test
    void a_running_job_has_nulls_in_json_for_what_is_not_known_yet() {
        home.start("tests", "gate", "never");

        JsonObject json = home.status("tests");
        assertEquals(FIELDS, List.copyOf(json.keySet()));
        assertEquals("running", json.get("state").getAsString());
        for (String absent : List.of("exit_code", "signal", "finished_at", "reason")) {
            assertTrue(json.get(absent).isJsonNull(), absent);
        }
        JsonArray list = JsonParser.parseString(home.ok("list", "--json")).getAsJsonArray();
        assertEquals(FIELDS, List.copyOf(list.get(0).getAsJsonObject().keySet()));
        assertEquals(json.get("id"), list.get(0).getAsJsonObject().get("id"));
    }

    @Test
    void a_job_id_is_as_good_as_a_label_everywhere() {
        JobRecord older = home.start("tests", "sh", "-c", "echo older; exit 4").ended();
        home.start("tests", "sh", "-c", "echo newer; gate never").says("newer");

        assertEquals("older\n", home.ok("logs", older.id()));
        assertEquals("newer\n", home.ok("logs", "tests"));
        assertEquals(older.id(), JobHome.value(home.ok("status", older.id()), "Id"));
        assertEquals(older.log() + "\n", home.ok("latest", older.id()));
        assertEquals("older\n", home.bgjob("follow", older.id()).noisy().run().out());
        home.bgjob("wait", older.id()).exits(4).run();
        assertTrue(home.ok("list", older.id()).contains(older.id()));
        String stopped = home.bgjob("stop", older.id()).noisy().run().out();
        assertTrue(stopped.startsWith("not running: " + older.id()), stopped);
        assertEquals("running", home.state("tests"), "the newest job of the label is not touched");
    }

    @Test
    void dir_and_BGJOB_DIR_say_where_the_records_are() {
        Path other = home.root().resolve("elsewhere/deep");
        home.ok("run", "a", "--dir", other.toString(), "--wait", "--", "true");
        home.bgjob("run", "b", "--wait", "--", "true").env("BGJOB_DIR", other.toString()).run();

        assertNull(home.files().stream().findAny().orElse(null), "nothing is in .logs");
        assertEquals(2, home.ok("list", "--dir", other.toString(), "--quiet").lines().count());
        assertEquals(2, home.ok("--dir", other.toString(), "list", "--quiet").lines().count());
        assertEquals(2, home.bgjob("list", "--quiet").env("BGJOB_DIR", "../elsewhere/deep").run().lines().size());
        home.ok("run", "c", "--dir=rel", "--wait", "--", "true");
        assertTrue(Files.isDirectory(home.work().resolve("rel")), "a relative --dir lies in the current directory");
    }

    @Test
    void an_unknown_label_is_named_with_near_ones() {
        home.start("pytest_full", "true");

        String sentence = home.fails(1, "status", "pytest_ful");
        assertTrue(sentence.contains("'pytest_ful'") && sentence.contains("did you mean 'pytest_full'?"), sentence);
        for (String verb : List.of("follow", "logs", "stop", "latest", "wait", "list")) {
            assertTrue(home.fails(1, verb, "pytest_ful").contains("did you mean 'pytest_full'?"), verb);
        }
    }

    @Test
    void what_is_piped_has_no_escape_codes() {
        home.start("tests", "sh", "-c", "exit 1").ended();

        assertEquals(-1, (home.ok("status", "tests") + home.ok("list")).indexOf('\u001b'));
    }

    @Test
    void run_waits_and_follows_when_asked() {
        assertTrue(home.bgjob("run", "w", "--wait", "--", "sh", "-c", "exit 9").exits(9).run().out().contains("Id:"));
        var followed = home.bgjob("run", "f", "-f", "--", "sh", "-c", "echo one; echo two >&2; exit 9").noisy().run();
        assertEquals("one\ntwo\n", followed.out(), "only the output of the job");
        assertTrue(followed.err().contains("failed (exit 9)"), followed.err());
    }

    @Test
    void the_environment_of_a_job_is_the_caller_s_and_what_is_promised() {
        home.environment().put("ODD", "two\nlines'");
        TreeMap<String, String> expected = new TreeMap<>(home.environment());

        JobRecord job = home.start("env", "env", "-0").ended();

        expected.putAll(Map.of("PYTHONUNBUFFERED", "1", "GH_PAGER", "cat", "GIT_PAGER", "cat", "BGJOB_ID", job.id(),
                "BGJOB_LABEL", "env",
                "BGJOB_ATTEMPT", "1", "BGJOB_DIR", home.logs().toString(), "BGJOB_LOG", job.log().toString()));
        expected.put("BGJOB_PROGRESS", home.logs() + "/jobs/" + job.id() + ".progress");
        expected.put("BGJOB_RESULT", home.logs() + "/jobs/" + job.id() + ".result");
        expected.put("BGJOB_CHECKPOINT", home.logs() + "/jobs/" + job.id() + ".checkpoint");
        TreeMap<String, String> found = new TreeMap<>();
        for (String assignment : job.output().split("\0")) {
            found.put(assignment.substring(0, assignment.indexOf('=')), assignment.substring(assignment.indexOf('=') + 1));
        }
        found.keySet().removeAll(List.of("_", "PWD", "OLDPWD", "SHLVL")); // shells set these
        expected.keySet().removeAll(List.of("_", "PWD", "OLDPWD", "SHLVL"));
        assertEquals(expected, found);
    }

    @Test
    void stdin_of_a_job_is_empty() {
        JobRecord job = home.started(home.bgjob("run", "cat", "--wait", "--", "cat").stdin("not for the job\n").run().out());

        assertEquals("", job.output());
        assertEquals("0", job.exitText());
    }

    @Test
    void the_log_has_stdout_and_stderr_in_the_order_written() {
        JobRecord job = home.start("both", "sh", "-c", "for i in 1 2 3 4 5; do echo out $i; echo err $i >&2; done").ended();

        assertEquals("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\nout 4\nerr 4\nout 5\nerr 5\n", job.output());
    }
}
