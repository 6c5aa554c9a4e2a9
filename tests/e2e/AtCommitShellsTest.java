package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import e2e.JobShellsTest.InEveryShell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code --snapshot} and {@code --at-commit} in every shell, and in every kind of repository. */
class AtCommitShellsTest {
    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String git(Path folder, String arguments) {
        return home.sh("git -c protocol.file.allow=always " + arguments).in(folder).run().out().strip();
    }

    /** Saves a new file, goes back to it, and finds the repository as it was. */
    private JobRecord thereAndBack(Path folder) {
        JobHome.write(folder.resolve("new é"), "saved\n", false);
        home.bgjob("run", "t", "--snapshot", "--wait", "--", "cat", "new é").in(folder).run();
        git(folder, "clean -qfdx -e .logs");
        String known = git(folder, "worktree list");

        String printed = home.bgjob("rerun", "t", "--at-commit").in(folder).run().out();
        JobRecord job = new JobRecord(folder.resolve(".logs"), JobHome.value(printed, "Id")).ended();
        assertEquals("saved\n", job.output());
        assertEquals(known, git(folder, "worktree list"));
        assertFalse(Files.exists(folder.resolve(".logs/jobs/" + job.id() + ".worktree")));
        return job;
    }

    @InEveryShell
    void every_shell_saves_applies_and_removes_even_what_may_not_be_written(String shell) throws Exception {
        JobShellsTest.use(home, shell);
        thereAndBack(home.work());
        home.started(home.ok("run", "locked", "--", "sh", "-c", "[ -e .git/HEAD ] || { mkdir -p a/b; : >a/b/c; chmod 500 a/b a; cat file.txt; }")).ended();

        JobRecord job = home.started(home.ok("rerun", "locked", "--at-commit")).ended();
        assertEquals("text\n", job.output());
        assertFalse(Files.exists(home.work().resolve(".git/worktrees")));
        assertFalse(Files.exists(home.logs().resolve("jobs/" + job.id() + ".worktree")));
    }

    @Test
    void a_linked_worktree_and_a_submodule_have_worktrees_too() {
        Path tree = home.root().resolve("linked tree");
        git(home.work(), "worktree add -q -b side '" + tree + "'");
        thereAndBack(tree);
        assertTrue(git(home.work(), "worktree list").contains(tree.toString()), "only the job's own is forgotten");

        Path library = home.root().resolve("library");
        home.makeRepository(library);
        git(home.work(), "submodule --quiet add '" + library + "' part");
        git(home.work(), "commit -qm Part");
        thereAndBack(home.work().resolve("part"));
    }

    @Test
    void submodules_are_empty_and_what_was_changed_in_them_is_told() {
        Path library = home.root().resolve("library");
        home.makeRepository(library);
        git(home.work(), "submodule --quiet add '" + library + "' part");
        git(home.work(), "commit -qm Part");
        home.write("part/file.txt", "changed\n");
        home.bgjob("run", "t", "--snapshot", "--wait", "--", "ls", "part").run();

        JobRecord job = home.started(home.bgjob("rerun", "t", "--at-commit").noisy().run().out()).ended();
        assertEquals("", job.output());
        assertTrue(job.fact("at_commit_note").contains("inside a submodule"), job.fact("at_commit_note"));
        assertFalse(Files.exists(home.logs().resolve("jobs/" + job.id() + ".worktree")));
    }
}
