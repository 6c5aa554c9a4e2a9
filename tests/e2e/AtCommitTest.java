package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.CliRun;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code rerun --at-commit}: on the files that the job ran on, which leaves nothing behind, or says why not. */
class AtCommitTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String git(String arguments) {
        return home.sh("git " + arguments).run().out().strip();
    }

    private JobRecord again() {
        return home.started(home.ok("rerun", "t", "--at-commit"));
    }

    private Path tree(JobRecord job) {
        return home.logs().resolve("jobs/" + job.id() + ".worktree");
    }

    private void commit(String text) {
        home.write("file.txt", text);
        git("commit -qam Later");
    }

    /** Nothing of a worktree is left, neither its files nor what the repository knows of it. */
    private void assertNone() {
        assertEquals(1, git("worktree list --porcelain").lines().filter(line -> line.startsWith("worktree ")).count(), git("worktree list"));
        assertEquals("", home.sh("find .logs/jobs -maxdepth 1 -name '*.worktree'").run().out());
        assertFalse(Files.exists(home.work().resolve(".git/worktrees")));
    }

    private String refused(int code) {
        String before = home.sh("find .logs | sort").run().out();
        String refusal = home.fails(code, "rerun", "t", "--at-commit");
        assertEquals(before, home.sh("find .logs | sort").run().out());
        assertNone();
        return refusal;
    }

    @Test
    void it_runs_in_a_worktree_of_its_own_in_the_same_place_and_the_record_stays_where_it_was() {
        home.write("sub/file", "");
        git("add -A");
        commit("old\n");
        String sha = git("rev-parse HEAD");
        JobRecord first = home.started(home.bgjob("run", "t", "--", "sh", "-c", "pwd; cat ../file.txt; gate ../open || :").in(home.work().resolve("sub")).run().out());
        home.open("open");
        first.ended();
        Path post = JobHome.write(home.work().resolve(".git/hooks/post-checkout"), "#!/bin/sh\n: >'" + home.root() + "/hooked'\n", true);
        home.sh("rm open").run();
        commit("new\n");

        JobRecord job = again();
        job.says("old");
        assertEquals(tree(job) + "/sub\nold\n", job.output());
        assertEquals(List.of(sha, "", "false", sha, tree(job).toString(), tree(job) + "/sub", first.id()), List.of(job.fact("git_sha"), job.fact("git_branch"),
                job.fact("git_dirty"), job.fact("at_commit"), job.fact("worktree"), job.fact("cwd"), job.fact("parent")));
        assertEquals("", git("status --porcelain"), "a worktree in .logs is nothing new");
        assertTrue(Files.exists(post) && !Files.exists(home.root().resolve("hooked")), "no hook has run");
        JobHome.write(tree(job).resolve("open"), "", false);
        job.ended();
        assertEquals("0", job.exitText());
        assertNone();
        assertEquals(sha, home.status("t").get("at_commit").getAsString());
        assertTrue(home.status("t").get("at_commit_note").isJsonNull());
        assertTrue(home.ok("status", "t").contains("\nWorktree:  a temporary one at that commit\n"));
    }

    @Test
    void changes_that_were_not_saved_are_named_on_standard_error_and_in_the_record() {
        home.write("file.txt", "changed\n");
        JobRecord first = home.start("t", "cat", "file.txt").ended();

        CliRun.Result printed = home.bgjob("rerun", "t", "--at-commit").noisy().run();
        JobRecord job = home.started(printed.out()).ended();
        assertEquals("text\n", job.output());
        String note = "this is not what " + first.id() + " ran on: it had uncommitted changes, which were not saved (run --snapshot saves them)";
        assertTrue(printed.err().contains(note), printed.err());
        assertEquals(note, job.fact("at_commit_note"));
        assertEquals(note, home.status("t").get("at_commit_note").getAsString());
        assertEquals(note, home.started(home.bgjob("rerun", "t", "--at-commit").noisy().run().out()).ended().fact("at_commit_note"));
    }

    @Test
    void a_commit_that_is_gone_and_a_directory_that_it_lacks_are_told() {
        Path build = home.write("build/file", "").getParent();
        home.started(home.bgjob("run", "t", "--", "true").in(build).run().out()).ended();
        String lacking = refused(1);
        assertTrue(lacking.contains("ran in 'build', which commit " + git("rev-parse --short=12 HEAD") + " does not have"), lacking);

        commit("once\n");
        String sha = git("rev-parse HEAD");
        home.start("t", "true").ended();
        git("reset -q --hard HEAD~1");
        git("reflog expire --expire=now --all");
        git("gc -q --prune=now");
        String gone = refused(1);
        assertTrue(gone.contains("commit " + sha + ", on which t_") && gone.contains("is not in " + home.work()), gone);
    }

    @Test
    void saved_changes_that_are_damaged_gone_or_open_to_others_are_not_applied() throws IOException {
        home.write("file.txt", "changed\n");
        JobRecord first = home.started(home.ok("run", "t", "--snapshot", "--", "true")).ended();
        Path patch = home.logs().resolve("jobs/" + first.id() + ".patch");
        String text = Files.readString(patch);

        Files.writeString(patch, text.replace("-text", "-other"));
        assertTrue(refused(1).contains("do not go on commit"));
        Files.writeString(patch, text);
        home.sh("chmod 644 \"$0\"", patch.toString()).run();
        assertTrue(refused(1).contains("can have been changed by others"));
        Files.delete(patch);
        assertTrue(refused(1).contains("are gone: there is no file " + patch));
    }

    @Test
    void a_job_outside_of_a_repository_has_nothing_to_go_back_to() {
        Path outside = home.root().resolve("home");
        home.bgjob("run", "t", "--wait", "--", "true").in(outside).run();

        String refusal = home.bgjob("rerun", "t", "--at-commit").in(outside).complains(1).run().err();
        assertTrue(refusal.contains("has no recorded commit to go back to"), refusal);
    }

    @Test
    void it_can_be_done_again_when_the_first_record_is_gone_and_a_plain_rerun_is_on_todays_files() {
        home.write("file.txt", "saved\n");
        JobRecord first = home.started(home.ok("run", "t", "--snapshot", "--", "cat", "file.txt")).ended();
        git("checkout -q file.txt");
        again().ended();
        home.ok("prune", first.id());
        commit("today\n");

        assertEquals("saved\n", again().ended().output());
        JobRecord plain = home.started(home.ok("rerun", "t")).ended();
        assertEquals("today\n", plain.output());
        assertEquals(home.work().toString(), plain.fact("cwd"));
        assertEquals(null, plain.fact("at_commit"));
        assertNone();
    }

    @Test
    void a_job_that_paused_itself_goes_on_at_its_commit() {
        home.start("t", "sh", "-c", "cat file.txt; exit 75").ended();
        commit("new\n");
        JobRecord paused = again().ended();
        assertEquals("75", paused.exitText());

        JobRecord on = home.started(home.ok("resume", "t")).ended();
        assertEquals("text\n", on.output());
        assertEquals("2", on.fact("attempt"));
        assertNone();
    }

    @Test
    void of_a_batch_the_failed_items_run_there() {
        home.sh("printf 'file.txt\\nmissing\\n' | bgjob batch t --wait -- cat").exits(123).run();
        commit("new\n");

        home.ok("rerun", "t", "--at-commit", "--failed");
        home.bgjob("wait", "t").exits(123).run();
        assertTrue(home.ok("logs", "t", "--item", "2").contains("missing"));
        assertFalse(home.ok("result", "t").contains("file.txt"), home.ok("result", "t"));
    }

    @Test
    void the_original_virtual_environment_is_active() {
        home.write(".gitignore", "venv\n");
        git("add -A");
        commit("x\n");
        Path activate = home.write("venv/bin/activate", "VENV=active; export VENV\n");
        home.start("t", "sh", "-c", "echo $VENV").ended();

        JobRecord job = again().ended();
        assertEquals("active\n", job.output());
        assertEquals(activate.toString(), job.fact("venv_activate"));
    }

    @Test
    void stop_leaves_none_and_what_the_command_left_running_keeps_it_until_prune() {
        home.start("t", "sh", "-c", "[ -e .git/HEAD ] || { [ -e '" + home.root() + "/stay' ] && { gate '" + home.root() + "/go' & echo left=$!; exit; }; exec gate never; }").ended();
        JobRecord stopped = again();
        home.ok("stop", "t");
        stopped.leader().awaitEnd();
        assertNone();

        JobHome.write(home.root().resolve("stay"), "", false);
        JobRecord leaves = again().ended();
        assertTrue(Files.isDirectory(tree(leaves)));
        assertEquals("[]", home.sh("bgjob prune --orphans --json | grep -A1 orphans | grep -o '\\[\\]'").run().out().strip());
        JobHome.write(home.root().resolve("go"), "", false);
        leaves.told("left").awaitEnd();
        home.ok("prune", "--orphans");
        assertNone();
    }

    @Test
    void what_a_killed_leader_leaves_is_found_by_doctor_and_removed_by_prune() {
        home.start("t", "sh", "-c", "[ -e .git/HEAD ] || exec gate never").ended();
        for (boolean orphans : new boolean[] {true, false}) {
            JobRecord job = home.started(home.ok("rerun", "t", "--at-commit"));
            home.processes().stream().filter(process -> job.id().equals(process.variable("BGJOB_ID"))).forEach(process -> process.signal("KILL"));
            job.leader().awaitEnd();
            Await.until("all of it has ended", () -> home.processes().isEmpty());

            assertTrue(home.bgjob("doctor").exitsAnyhow().noisy().run().out().contains("1 job has left a temporary worktree behind: " + job.id()));
            home.ok("prune", "--orphans", "--dry-run");
            assertTrue(Files.isDirectory(tree(job)));
            if (orphans) {
                assertTrue(home.ok("prune", "--orphans").contains("jobs/" + job.id() + ".worktree"));
                assertEquals("lost", home.state("t"));
            } else {
                home.ok("prune", job.id());
            }
            assertNone();
        }
    }
}
