package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTreesTest {
    @TempDir
    Path temp;

    private final JobId id = JobId.parse("x_20260101_000000");
    private WorkTrees trees;
    private Path tree;
    private Path entry;

    @BeforeEach
    void make() throws IOException {
        trees = new WorkTrees(new LogsDir(temp.resolve(".logs").toString()));
        tree = Files.createDirectories(temp.resolve(".logs/jobs/" + id + ".worktree"));
        entry = Files.createDirectories(temp.resolve("repo/.git/worktrees/x"));
        point(entry);
        Files.writeString(entry.resolve("gitdir"), tree + "/.git\n");
    }

    private void point(Path to) throws IOException {
        Files.writeString(tree.resolve(".git"), "gitdir: " + to + "\n");
    }

    @Test
    void what_the_repository_knows_goes_with_the_files() {
        assertEquals(List.of(id), trees.all());
        assertTrue(trees.remove(id).done());
        assertFalse(Files.exists(tree) || Files.exists(entry) || Files.exists(entry.getParent()));
        assertEquals(List.of(), trees.all());
    }

    @Test
    void entries_of_others_stay_and_so_does_what_does_not_name_the_worktree_in_turn() throws IOException {
        Path other = Files.createDirectory(entry.resolveSibling("other"));
        Files.writeString(other.resolve("gitdir"), "/elsewhere/.git\n");
        Path precious = Files.createDirectories(temp.resolve("precious/x"));
        Files.writeString(precious.resolve("gitdir"), tree + "/.git\n");
        for (Path target : List.of(other, precious, entry.resolve("../other"), temp.resolve("none/worktrees/x"))) {
            point(target);
            WorkTrees.deregister(tree.toString());
        }
        assertTrue(Files.exists(other) && Files.exists(precious) && Files.exists(entry));
        point(entry);
        WorkTrees.deregister(tree.toString());
        assertFalse(Files.exists(entry));
        assertTrue(Files.exists(other) && Files.exists(tree));
    }
}
