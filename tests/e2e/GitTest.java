package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job knows which state of which repository it ran on, and is prepared as that repository asks for. */
class GitTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String git(Path folder, String arguments) {
        return home.sh("git " + arguments).in(folder).run().out().strip();
    }

    private JobRecord run(Path folder, String... command) {
        String[] words = new String[command.length + 3];
        words[0] = "run";
        words[1] = "tests";
        words[2] = "--";
        System.arraycopy(command, 0, words, 3, command.length);
        String printed = home.bgjob(words).in(folder).run().out();
        Path log = Path.of(JobHome.value(printed, "Log"));
        return new JobRecord(log.getParent(), JobHome.value(printed, "Id")).ended();
    }

    @Test
    void commit_branch_and_cleanness_are_recorded() {
        JobRecord clean = run(home.work(), "true");
        home.write("file.txt", "changed\n");
        JobRecord changed = run(home.work(), "true");
        git(home.work(), "checkout -q -- file.txt");
        home.write("new.txt", "untracked\n");
        JobRecord untracked = run(home.work(), "true");

        assertEquals(git(home.work(), "rev-parse HEAD"), clean.fact("git_sha"));
        assertEquals("main", clean.fact("git_branch"));
        assertEquals("false", clean.fact("git_dirty"));
        assertEquals("true", changed.fact("git_dirty"));
        assertEquals("true", untracked.fact("git_dirty"));
        assertTrue(home.ok("status", clean.id()).contains(" on main, clean\n"));
    }

    @Test
    void the_records_do_not_make_the_repository_dirty() {
        run(home.work(), "true");

        assertEquals("", git(home.work(), "status --porcelain"));
        assertTrue(Files.isDirectory(home.logs()));
    }

    @Test
    void from_a_subdirectory_the_records_lie_at_the_root_and_the_command_runs_where_it_was_called() {
        Path sub = home.write("src/deep/file", "").getParent();

        JobRecord job = run(sub, "pwd");

        assertEquals(home.logs(), job.dir());
        assertEquals(sub + "\n", job.output());
        assertEquals(home.work().toString(), job.fact("repo_dir"));
        assertEquals(sub.toString(), job.fact("cwd"));
        assertTrue(home.bgjob("status", "tests").in(sub).run().out().contains(job.id()));
    }

    @Test
    void a_branch_with_slashes_a_packed_one_and_a_tag_of_its_name_are_told_apart() {
        git(home.work(), "checkout -q -b feature/one");
        git(home.work(), "commit -q --allow-empty -m Second");
        git(home.work(), "tag main-tag");
        git(home.work(), "pack-refs --all");

        JobRecord job = run(home.work(), "true");

        assertEquals(git(home.work(), "rev-parse HEAD"), job.fact("git_sha"));
        assertEquals("feature/one", job.fact("git_branch"));
    }

    @Test
    void a_linked_worktree_is_a_root_of_its_own() {
        Path tree = home.root().resolve("tree");
        git(home.work(), "worktree add -q -b side \"" + tree + "\"");
        git(tree, "commit -q --allow-empty -m Side");

        JobRecord job = run(tree, "true");

        assertEquals(tree.resolve(".logs"), job.dir());
        assertEquals(git(tree, "rev-parse HEAD"), job.fact("git_sha"));
        assertEquals("side", job.fact("git_branch"));
        assertEquals("false", job.fact("git_dirty"));
        assertEquals("", git(tree, "status --porcelain"));
        assertFalse(Files.exists(home.logs()));
    }

    @Test
    void a_submodule_is_a_root_of_its_own() {
        Path library = home.root().resolve("library");
        home.makeRepository(library);
        git(home.work(), "-c protocol.file.allow=always submodule --quiet add \"" + library + "\" part");
        Path part = home.work().resolve("part");

        JobRecord job = run(part, "true");

        assertEquals(part.resolve(".logs"), job.dir());
        assertEquals(git(part, "rev-parse HEAD"), job.fact("git_sha"));
        assertEquals("main", job.fact("git_branch"));
        assertEquals("false", job.fact("git_dirty"));
    }

    @Test
    void a_detached_head_has_a_commit_and_no_branch() {
        git(home.work(), "checkout -q --detach");

        JobRecord job = run(home.work(), "true");

        assertEquals(git(home.work(), "rev-parse HEAD"), job.fact("git_sha"));
        assertEquals("", job.fact("git_branch"));
        JsonObject told = home.status("tests").getAsJsonObject("git");
        assertTrue(told.get("branch").isJsonNull());
        assertEquals(job.fact("git_sha"), told.get("sha").getAsString());
    }

    @Test
    void a_repository_without_commits_has_a_branch_and_no_commit() {
        Path fresh = home.root().resolve("fresh");
        home.sh("git init -q -b trunk \"$0\"", fresh.toString()).run();

        JobRecord job = run(fresh, "true");

        assertEquals("", job.fact("git_sha"));
        assertEquals("trunk", job.fact("git_branch"));
        assertEquals("false", job.fact("git_dirty"));
    }

    @Test
    void outside_of_any_repository_there_is_no_git_at_all() {
        Path outside = home.root().resolve("home");

        JobRecord job = run(outside, "true");

        assertEquals(outside.resolve(".logs"), job.dir());
        assertEquals("", job.fact("git_sha") + job.fact("git_branch") + job.fact("git_dirty"));
        assertTrue(home.bgjob("status", "tests", "--json").in(outside).run().out().contains("\"git\": null"));
    }

    @Test
    void the_caller_s_GIT_DIR_reaches_the_command_and_does_not_mislead_the_record() {
        Path other = home.root().resolve("other");
        home.makeRepository(other);
        home.write("file.txt", "changed\n");
        home.environment().put("GIT_DIR", other.resolve(".git").toString());

        JobRecord job = run(home.work(), "printenv", "GIT_DIR");

        assertEquals(other.resolve(".git") + "\n", job.output());
        assertEquals("true", job.fact("git_dirty"), "of the repository around the current directory");
    }

    @Test
    void a_virtual_environment_at_the_root_is_active_in_the_job() {
        for (String name : new String[] {".venv", "venv"}) {
            Path venv = home.work().resolve(name);
            home.write(name + "/bin/activate", "VIRTUAL_ENV='" + venv
                    + "'\nexport VIRTUAL_ENV\nPATH=\"$VIRTUAL_ENV/bin:$PATH\"\nexport PATH\n");
            JobHome.write(venv.resolve("bin/tool"), "#!/bin/sh\necho the tool of $VIRTUAL_ENV\n", true);
            home.write("sub/x", "");

            JobRecord job = run(home.work().resolve("sub"), "tool");

            assertEquals("the tool of " + venv + "\n", job.output(), "venv/ goes before .venv/");
            assertEquals(venv + "/bin/activate", job.fact("venv_activate"));
            assertEquals(job.output(), home.command("sh", job.script().toString()).in("/").run().out(), "by hand too");
        }
    }

    @Test
    void a_real_virtual_environment_of_python_is_active() {
        home.command(Tool.need("python3"), "-m", "venv", "--without-pip", "venv").noisy().run();

        JobRecord job = run(home.work(), "python", "-c",
                "import sys, os; print(sys.prefix); print(os.environ['PYTHONUNBUFFERED'])");

        assertEquals(home.work().resolve("venv") + "\n1\n", job.output());
    }

    @Test
    void caffeinate_is_around_the_command_where_there_is_one() throws IOException {
        home.program("caffeinate", "echo caffeinated \"$1\"; shift; exec \"$@\"");

        JobRecord job = run(home.work(), "sh", "-c", "echo \"$1\"; exit 4", "sh", "a b");

        assertEquals("caffeinated -i\na b\n", job.output());
        assertEquals("4", job.exitText());
        assertTrue(job.fact("cmd").startsWith("sh -c "), "it is no part of the command");
        Files.delete(home.bin().resolve("caffeinate"));
    }
}
