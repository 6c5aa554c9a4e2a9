package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import bgjob.support.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** doctor sees on a real machine what was done to it. */
class DoctorTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private JsonObject check(String printed, String name) {
        for (JsonElement check : JsonParser.parseString(printed).getAsJsonObject().getAsJsonArray("checks")) {
            if (check.getAsJsonObject().get("name").getAsString().equals(name)) {
                return check.getAsJsonObject();
            }
        }
        throw new AssertionError("no check " + name + " in " + printed);
    }

    private void finds(CliRun run, String name, String result, String part) {
        String printed = run.exitsAnyhow().run().out();
        JsonObject check = check(printed, name);
        assertEquals(result, check.get("result").getAsString(), check.toString());
        assertTrue(check.get("fact").getAsString().contains(part), check.toString());
    }

    private CliRun doctor() {
        return home.bgjob("doctor", "--json");
    }

    @Test
    void it_prints_a_line_a_check_and_changes_nothing() throws Exception {
        home.start("tests", "true").ended();
        List<String> files = home.files();
        var time = Files.getLastModifiedTime(home.logs());

        String printed = home.bgjob("doctor").exitsAnyhow().run().out();

        assertTrue(printed.contains("ok       detach        setsid gives each job a session of its own\n"), printed);
        assertTrue(printed.matches("(?s).*\n\n\\d+ ok, \\d+ notes?, \\d+ warnings?, \\d+ problems?\n"), printed);
        assertEquals(files, home.files());
        assertEquals(time, Files.getLastModifiedTime(home.logs()));
    }

    @Test
    void its_exit_status_says_whether_anything_is_worse_than_a_note() {
        home.start("tests", "true").ended();
        home.environment().put("TMPDIR", home.root().toString());
        Assumptions.assumeTrue(home.bgjob("doctor").exitsAnyhow().run().code() == 0, "this machine has faults of its own");
        home.write(".logs/broken_20260101_000000.exit", "");
        assertEquals("warning", JsonParser.parseString(doctor().exits(1).run().out()).getAsJsonObject().get("worst").getAsString());
        home.bgjob("doctor").exits(1).run();
        home.fails(2, "doctor", "--nope");
    }

    @Test
    void jobs_that_were_lost_or_are_held_are_named() {
        JobRecord orphans = home.start("orphans", "sh", "-c", "gate never & echo child=$!; wait");
        orphans.told("child");
        orphans.leader().signal("KILL");
        orphans.leader().awaitEnd();
        JobRecord held = home.start("held", "gate", "never");
        Proc.signal("STOP", -held.leader().pgid());
        Await.until("the leader is held", () -> held.leader().state().equals("T"));

        finds(doctor(), "lost", "warning", "1 job is lost and still has processes: " + orphans.id());
        finds(doctor(), "paused", "warning", "1 job is held by a signal: " + held.id());
        Proc.signal("CONT", -held.leader().pgid());
    }

    @Test
    void a_machine_without_ways_to_detach_a_job_is_a_problem() throws Exception {
        Path bare = Files.createDirectory(home.root().resolve("bare"));
        for (String name : List.of("sh", "readlink", "env", "true", "dirname", "mkdir", "java")) {
            Files.createSymbolicLink(bare.resolve(name), Path.of(Tool.need(name)));
        }
        String shell = home.program("sulky", "case $* in *set\\ -m*) echo 'no job control' >&2 ;; esac; exec /bin/sh \"$@\"").toString();
        finds(doctor().env("PATH", bare.toString()).env("BGJOB_SH", shell), "detach", "problem", "no job can be started");
        finds(doctor().env("BGJOB_SH", "/nowhere/sh"), "shell", "problem", "/nowhere/sh");
    }

    @Test
    void a_limit_of_the_caller_s_is_seen() {
        finds(home.sh("ulimit -f 100000; exec bgjob doctor --json"), "limits", "warning", "ulimit -f");
        finds(home.sh("ulimit -t 500; exec bgjob doctor --json"), "limits", "warning", "500 s");
    }

    @Test
    void a_log_that_fills_the_disk_is_seen_on_a_small_file_system_in_memory() throws Exception {
        Path disk = Files.createDirectory(home.root().resolve("disk"));
        String mount = "mount -t tmpfs -o size=48m,nr_inodes=500 tmpfs \"$0\" && cd \"$0\" && ";
        List<String> apart = new ArrayList<>(List.of(Tool.need("unshare"), "-U", "-r", "-m", "/bin/sh", "-c", mount + "true", disk.toString()));
        Assumptions.assumeTrue(home.command(apart.toArray(new String[0])).exitsAnyhow().run().code() == 0, "this user may not mount");
        apart.set(6, mount + "bgjob run flood --sh 'while :; do head -c 5000 /dev/zero; sleep 0.02; done' >/dev/null"
                + " && bgjob doctor --json; bgjob stop flood >/dev/null");

        String printed = home.command(apart.toArray(new String[0])).run().out();

        assertEquals("problem", check(printed, "space").get("result").getAsString(), printed);
        assertEquals("warning", check(printed, "filesystem").get("result").getAsString(), printed);
        assertTrue(check(printed, "inodes").get("fact").getAsString().contains("room for 4"), printed);
        assertTrue(check(printed, "logs").get("fact").getAsString().contains("fills the disk in"), printed);
    }

    @Test
    void records_that_cannot_be_listed_are_told_once() {
        home.write(".logs", "a file");
        String printed = home.bgjob("doctor", "--json").exits(1).run().out();
        assertEquals("problem", check(printed, "writable").get("result").getAsString());
        assertEquals("note", check(printed, "untold").get("result").getAsString(), printed);
        assertFalse(printed.contains("Exception"), printed);
    }
}
