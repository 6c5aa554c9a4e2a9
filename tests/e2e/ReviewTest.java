package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a review of the program found by trying it; each was wrong once. */
class ReviewTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    @Test
    void a_directory_spelled_otherwise_is_the_same_directory() throws IOException {
        JobRecord job = home.start("esc", "sh", "-c", "setsid gate never & gate never").says("");
        Path link = Files.createSymbolicLink(home.work().resolve("link"), home.logs());

        assertEquals(home.status("esc").get("id"), com.google.gson.JsonParser.parseString(home.ok("status", "esc", "--json", "--dir", "./.logs/"))
                .getAsJsonObject().get("id"));
        home.ok("stop", "esc", "--dir", link.toString());

        assertEquals(List.of(), home.processes());
        assertEquals("143", job.exitText());
    }

    @Test
    void a_length_of_time_that_no_clock_holds_is_refused_instead_of_being_over_at_once() {
        JobRecord job = home.start("gr", "gate", "never");

        assertTrue(home.fails(2, "stop", "gr", "--grace", "9999999999s").contains("is no length of time"));
        assertTrue(home.fails(2, "wait", "gr", "--timeout", "200000d").contains("is no length of time"));
        assertTrue(job.leader().alive());
    }

    @Test
    void a_damaged_exit_file_hides_no_job_that_lives() throws IOException {
        JobRecord job = home.start("be", "gate", "never");
        Files.writeString(job.exit(), "");

        assertEquals("running", home.state("be"));
        home.ok("stop", "--all");

        assertEquals("143", job.exitText());
    }

    @Test
    void what_git_leaves_in_the_background_delays_no_start() throws IOException {
        Path hook = home.program("fsmonitor", "gate never >/dev/null 2>&1 </dev/null & printf '/\\0'");
        home.command("git", "config", "core.fsmonitor", hook.toString()).run();

        JobRecord job = home.start("fm", "true").ended();

        assertEquals("0", job.exitText());
        home.open("never");
    }

    @Test
    void the_limit_of_open_files_is_the_callers() {
        String printed = home.sh("ulimit -Sn 512; bgjob run nf -- sh -c 'ulimit -Sn'").run().out();

        assertEquals("512\n", home.started(printed).ended().output());
    }

    @Test
    void a_variable_of_the_job_changes_nothing_for_the_script() {
        JobRecord job = home.started(home.ok("run", "pa", "--env", "PATH=/nowhere", "--env", "A=b  c", "--", "/bin/sh", "-c",
                "echo \"$PATH $A\"")).ended();

        assertEquals("/nowhere b  c\n", job.output());
    }

    @Test
    void a_reader_that_has_seen_enough_is_no_error() {
        home.start("big", "sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo a line of some length $i; i=$((i+1)); done").ended();

        assertEquals("a line of some length 0\n", home.sh("bgjob logs big | head -n 1").run().out());
    }

    @Test
    void output_that_cannot_be_written_is_an_error() {
        home.start("x", "true").ended();

        assertTrue(home.sh("bgjob list --json > /dev/full").complains(1).run().err().contains("cannot write to standard output"));
    }

    @Test
    void a_directory_that_was_removed_is_said_to_be() {
        String said = home.sh("mkdir gone; cd gone; rmdir ../gone; bgjob list").exitsAnyhow().noisy().run().err();

        assertTrue(said.contains("the current directory has been removed"), said);
        assertFalse(said.contains("java.lang"), said);
    }

    @Test
    void the_lines_to_type_next_name_the_directory() {
        Path other = home.work().resolve("other place");

        String printed = home.ok("run", "hint", "--dir", other.toString(), "--", "true");

        assertTrue(printed.contains(" follow hint --dir '" + other + "'\n"), printed);
        home.ok("wait", "hint", "--dir", other.toString());
    }

    @Test
    void a_directory_of_the_users_own_is_not_hidden_from_git() throws IOException {
        Path own = Files.createDirectory(home.work().resolve("own"));
        home.ok("run", "o", "--wait", "--dir", own.toString(), "--", "true");

        assertFalse(Files.exists(own.resolve(".gitignore")));
    }

    @Test
    void a_log_that_cannot_be_read_fails_following_several() throws IOException {
        JobRecord bad = home.start("bad", "true").ended();
        home.start("good", "echo", "fine").ended();
        Files.delete(bad.log());
        Files.createDirectory(bad.log());

        var result = home.bgjob("follow", "bad", "good").exits(1).noisy().run();

        assertTrue(result.out().contains("good | fine"), result.out());
        assertFalse(result.err().contains("Exception"), result.err());
        Files.delete(bad.log());
    }
}
