package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens to the machine around a job: it is restarted, gives a pid to another process, has its clock set, loses a directory. */
class MachineFaultsTest {
    /** Runs shell text in pid and mount name spaces of its own, where $0 is the boot's id and {@code next PID} makes PID the next one. */
    private static final String BOOT = "printf '%s\\n' \"$0\" >boot; mount --bind boot /proc/sys/kernel/random/boot_id || exit 99\n"
            + "next() { echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid; }\n";
    /** Another process of that pid; one that bgjob has left may come in between, so it is tried again. */
    private static final String TAKE = "take() {\n"
            + "until [ \"$(cat other 2>/dev/null)\" = other=$1 ] || [ \"${n=0}\" -ge 100 ]; do\n"
            + "[ ! -s other ] || kill \"$(sed s/other=// other)\"; rm -f other; next $1; n=$((n + 1))\n"
            + "setsid sh -c 'echo other=$$ >other; exec gate never' & until [ -s other ]; do sleep 0.02; done\ndone; }\n";

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private String boot(String id, String text) {
        Tool.need("setsid");
        String unshare = Tool.need("unshare");
        int allowed = home.command(unshare, "-m", "-p", "-f", "--mount-proc", "true").exitsAnyhow().run().code();
        assumeTrue(allowed == 0, "name spaces are not allowed here");
        return home.command(unshare, "-m", "-p", "-f", "--mount-proc", "/bin/sh", "-c", BOOT + TAKE + text, id).noisy().run().out();
    }

    @Test
    @Fault(value = "reboot", promise = "where its pid was given to another process after the restart, that one is not touched")
    void after_a_restart_whoever_has_the_pid_is_not_taken_for_the_job() throws IOException {
        boot("11111111-2222-3333-4444-000000000001", "bgjob run tests -- gate never; bgjob status tests | grep -q '^RUNNING'");
        JobRecord job = home.job(only(".meta"));
        String pid = job.fact("pid");
        assertEquals("11111111-2222-3333-4444-000000000001", job.fact("boot_id"));
        assertEquals(List.of(), home.processes(), "the end of the name space is the end of the machine");

        String said = boot("11111111-2222-3333-4444-000000000002", "take " + pid + "\n"
                + "cat other; bgjob status tests; bgjob stop tests; kill -0 " + pid + " && echo untouched; bgjob wait tests; echo wait=$?");

        assertTrue(said.contains("other=" + pid + "\n"), "the pid is used again: " + said);
        assertTrue(said.contains("NOT RUNNING label=tests pid=" + pid + "\nEXITCODE <unknown yet>"), said);
        assertTrue(said.contains("lost") && said.contains("the machine was restarted while it ran"), said);
        assertTrue(said.contains("untouched") && said.contains("wait=125"), said);
    }

    @Test
    @Fault(value = "pid used again", promise = "the job is `lost`, and the other process is not touched")
    void a_pid_that_the_kernel_gave_to_another_process_is_not_the_job_s() {
        String said = boot("11111111-2222-3333-4444-000000000001", "bgjob run tests -- gate never >/dev/null; pid=$(cat .logs/*.pid); kill -9 -$pid\n"
                + "while kill -0 $pid 2>/dev/null; do sleep 0.02; done; take $pid\n"
                + "cat other; echo was=$pid; bgjob status tests; bgjob stop tests; kill -0 $pid && echo untouched");

        assertEquals(JobHome.value(said.replace("=", ":"), "was"), JobHome.value(said.replace("=", ":"), "other"), said);
        assertTrue(said.contains("NOT RUNNING label=tests") && said.contains("lost") && said.contains("untouched"), said);
    }

    private String only(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(home.logs())) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(suffix)).findFirst().orElseThrow().replace(suffix, "");
        }
    }

    /** Has every program started later read its clock's offset from a file; the monotonic clock stays as it is. */
    private void clock(String offset) {
        Tool.need("faketime");
        String library = home.sh("faketime -f +0 sh -c 'echo $LD_PRELOAD'").run().out().strip();
        home.write("clock", offset + "\n");
        home.environment().put("LD_PRELOAD", library);
        home.environment().put("FAKETIME_TIMESTAMP_FILE", home.work().resolve("clock").toString());
        home.environment().put("FAKETIME_NO_CACHE", "1");
        home.environment().put("DONT_FAKE_MONOTONIC", "1");
    }

    @Test
    @Fault(value = "clock", promise = "set back an hour while a job runs: its duration is right, and the next job is its label's newest")
    void a_clock_set_back_an_hour_while_a_job_runs_costs_no_duration() {
        clock("+0");
        JobRecord job = home.start("tests", "gate", "end");
        home.write("clock", "-1h\n");
        home.open("end");
        job.ended();

        JsonObject status = home.status("tests");
        assertTrue(status.get("finished_at").getAsString().compareTo(status.get("started_at").getAsString()) < 0, "the clock went back: " + status);
        assertTrue(status.get("duration_seconds").getAsDouble() >= 0 && status.get("duration_seconds").getAsDouble() < 60, status.toString());
        assertEquals("completed", status.get("state").getAsString());
        JobRecord next = home.start("tests", "sh", "-c", "exit 4").ended();
        assertEquals(next.id(), home.status("tests").get("id").getAsString());
        home.bgjob("wait", "tests").exits(4).run();
        assertEquals(List.of(next.id(), job.id()), home.bgjob("list", "tests", "--quiet").run().lines());
    }

    /** @return the offset that makes it that instant now, as faketime reads it */
    private static String until(String instant) {
        long seconds = Duration.between(Instant.now(), Instant.parse(instant)).toSeconds();
        return (seconds < 0 ? "" : "+") + seconds;
    }

    @Test
    @Fault(value = "clock", promise = "an hour that comes twice, in autumn: ids stay apart and in order, times in UTC are right")
    void the_hour_that_comes_twice_mixes_up_no_jobs() {
        home.environment().put("TZ", "Europe/Berlin");
        clock(until("2026-10-25T00:30:20Z"));
        JobRecord summer = home.start("tests", "sh", "-c", "exit 1").ended();
        home.write("clock", until("2026-10-25T01:29:30Z") + "\n"); // by the clock on the wall half a minute earlier
        JobRecord winter = home.start("tests", "sh", "-c", "exit 2").ended();

        assertTrue(summer.id().startsWith("tests_20261025_0230"), summer.id());
        assertTrue(summer.fact("started").startsWith("2026-10-25T00:30:"), summer.fact("started"));
        assertTrue(winter.fact("started").startsWith("2026-10-25T01:29:"), winter.fact("started"));
        assertTrue(winter.fact("created").startsWith("2026-10-25T01:29:"), winter.fact("created"));
        assertNotEquals(summer.id(), winter.id());
        assertEquals(winter.id(), home.status("tests").get("id").getAsString());
        assertEquals(List.of(winter.id(), summer.id()), home.bgjob("list", "tests", "--quiet").run().lines());
        home.bgjob("wait", "tests").exits(2).run();
    }

    @Test
    @Fault(value = "`.logs` read-only or gone", promise = "removed while a job runs: the command goes on to its end, no process stays, later jobs run")
    void records_removed_while_a_job_runs_leave_no_process_and_no_lie() throws IOException {
        JobRecord job = home.start("tests", "sh", "-c", "gate end; echo done >done");
        var leader = job.leader();
        home.command("rm", "-r", home.logs().toString()).run();

        assertTrue(home.fails(1, "status", "tests").contains("tests"));
        assertEquals("", home.ok("list", "--quiet"));
        home.open("end");
        leader.awaitEnd();
        assertTrue(Files.exists(home.work().resolve("done")), "the command ran to its end");
        assertFalse(Files.exists(home.logs()), "nothing comes back");
        JobRecord later = home.start("tests", "sh", "-c", "exit 4").ended();
        assertEquals("4", later.exitText());
    }

    @Test
    @Fault(value = "`.logs` read-only or gone", promise = "moved while a job runs: in its new place it is the job's record, without the ending")
    void records_moved_while_a_job_runs_never_tell_of_an_ending_that_was_not_recorded() throws IOException {
        JobRecord job = home.start("tests", "sh", "-c", "gate end; exit 3");
        var leader = job.leader();
        Path moved = home.work().resolve("moved");
        Files.move(home.logs(), moved);
        assertTrue(home.ok("status", "tests", "--dir", moved.toString()).startsWith("RUNNING label=tests pid=" + leader.pid()));
        home.open("end");
        leader.awaitEnd();

        Await.until("the job is called lost", () -> home.ok("status", "tests", "--dir", moved.toString()).contains("lost"));
        home.bgjob("wait", "tests", "--dir", moved.toString()).exits(125).noisy().run();
        assertFalse(Files.exists(home.logs()), "nothing comes back in the old place");
    }
}
