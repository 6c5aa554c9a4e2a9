package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import bgjob.job.GitInfo;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the repository's files are read to say is what git itself says. */
class RepositoryTest {
    @TempDir
    Path temp;

    private Path dir;

    @BeforeEach
    void find() throws IOException {
        dir = temp.toRealPath();
    }

    private record Said(int exit, String text) {
    }

    private Said ask(Path where, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Tool.need("git"), "-c", "user.name=t", "-c", "user.email=t@example.org", "-c",
                "init.defaultBranch=main", "-c", "protocol.file.allow=always", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process git = builder.start();
        git.getOutputStream().close();
        String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return new Said(git.waitFor(), text);
    }

    private String git(Path where, String... arguments) throws Exception {
        Said said = ask(where, arguments);
        assertEquals(0, said.exit(), () -> String.join(" ", arguments) + ": " + said.text());
        return said.text();
    }

    private Path repository(String name) throws Exception {
        Path root = Files.createDirectories(dir.resolve(name));
        git(root, "init", "-q");
        git(root, "commit", "-q", "--allow-empty", "-m", "first");
        return root;
    }

    private void assertAsGitSays(Path cwd) throws Exception {
        Repository repository = Repository.around(cwd.toString());
        assertNotNull(repository);
        GitInfo head = repository.head();
        Said branch = ask(cwd, "symbolic-ref", "-q", "--short", "HEAD");
        Said sha = ask(cwd, "rev-parse", "-q", "--verify", "HEAD");

        assertEquals(git(cwd, "rev-parse", "--show-toplevel"), repository.root());
        assertEquals(sha.exit() == 0 ? sha.text() : null, head.sha());
        assertEquals(branch.exit() == 0 ? branch.text() : null, head.branch());
        assertNull(head.dirty());
    }

    @Nested
    class Inside {
        @Test
        void the_root_and_any_folder_below_it() throws Exception {
            Path root = repository("r");
            assertAsGitSays(root);
            assertAsGitSays(Files.createDirectories(root.resolve("a/b c/é")));
        }

        @Test
        void without_a_commit_there_is_a_branch_and_no_sha() throws Exception {
            Path root = Files.createDirectories(dir.resolve("empty"));
            git(root, "init", "-q");
            assertAsGitSays(root);
            assertEquals(new GitInfo(null, "main", null), Repository.around(root.toString()).head());
        }

        @Test
        void on_a_branch_with_slashes() throws Exception {
            Path root = repository("r");
            git(root, "checkout", "-q", "-b", "feature/a/b-1.0");
            git(root, "commit", "-q", "--allow-empty", "-m", "second");
            assertAsGitSays(root);
            assertEquals("feature/a/b-1.0", Repository.around(root.toString()).head().branch());
        }

        @Test
        void with_a_detached_head() throws Exception {
            Path root = repository("r");
            git(root, "checkout", "-q", "--detach");
            assertAsGitSays(root);
            assertNull(Repository.around(root.toString()).head().branch());
        }

        @Test
        void with_packed_refs_among_look_alikes() throws Exception {
            Path root = repository("r");
            for (String name : new String[] {"a", "mai", "main2", "x/main", "z"}) {
                git(root, "commit", "-q", "--allow-empty", "-m", name);
                git(root, "branch", name);
                git(root, "tag", "-a", "-m", "t", "tag-" + name);
            }
            git(root, "commit", "-q", "--allow-empty", "-m", "last");
            git(root, "pack-refs", "--all");
            assertAsGitSays(root);
            git(root, "checkout", "-q", "x/main");
            assertAsGitSays(root);
            git(root, "commit", "-q", "--allow-empty", "-m", "a loose ref outweighs the packed one");
            assertAsGitSays(root);
        }

        @Test
        void in_a_linked_worktree_with_loose_and_with_packed_refs() throws Exception {
            Path root = repository("r");
            Path linked = dir.resolve("linked tree");
            git(root, "worktree", "add", "-q", "-b", "side", linked.toString());
            git(linked, "commit", "-q", "--allow-empty", "-m", "on the side");
            assertAsGitSays(linked);
            assertAsGitSays(Files.createDirectories(linked.resolve("sub")));
            git(root, "pack-refs", "--all");
            assertAsGitSays(linked);
            git(linked, "checkout", "-q", "--detach");
            assertAsGitSays(linked);
            assertAsGitSays(root);
        }

        @Test
        void in_a_submodule_which_is_its_own_root() throws Exception {
            Path part = repository("part");
            git(part, "commit", "-q", "--allow-empty", "-m", "second of the part");
            Path whole = repository("whole");
            git(whole, "submodule", "--quiet", "add", part.toString(), "vendor/part");
            assertEquals(whole.resolve("vendor/part").toString(), Repository.around(whole.resolve("vendor/part").toString()).root());
            assertAsGitSays(whole.resolve("vendor/part"));
            assertAsGitSays(whole.resolve("vendor"));
        }

        @Test
        void the_innermost_of_nested_repositories() throws Exception {
            Path outer = repository("outer");
            Path inner = repository("outer/inner");
            assertAsGitSays(inner);
            assertEquals(inner.toString(), Repository.around(inner.toString()).root());
            assertEquals(outer.toString(), Repository.around(outer.toString()).root());
        }

        @Test
        void with_reftables_no_branch_is_made_up() throws Exception {
            Path root = repository("r");
            Files.writeString(root.resolve(".git/HEAD"), "ref: refs/heads/.invalid\n"); // as gitformat-reftable has it

            assertNull(Repository.around(root.toString()).head().branch());
        }
    }

    @Nested
    class Outside {
        @Test
        void there_is_no_repository() throws Exception {
            Path plain = Files.createDirectories(dir.resolve("plain/sub"));
            Assumptions.assumeTrue(Repository.around(dir.toString()) == null, "the temporary directory lies in a repository");

            assertNull(Repository.around(plain.toString()));
            assertNull(Repository.around(dir.resolve("gone/sub").toString()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "garbage", "gitdir:", "\0"})
        void a_dot_git_file_that_names_no_directory_is_none(String content) throws Exception {
            Path root = repository("outer");
            Path sub = Files.createDirectories(root.resolve("sub"));
            Files.writeString(sub.resolve(".git"), content);

            assertEquals(root.toString(), Repository.around(sub.toString()).root());
        }

        @Test
        void an_empty_dot_git_folder_is_none() throws Exception {
            Path root = repository("outer");
            Path sub = Files.createDirectories(root.resolve("sub/.git")).getParent();

            assertEquals(root.toString(), Repository.around(sub.toString()).root());
        }

        @Test
        void a_path_that_leads_out_of_a_repository_is_not_in_it() throws Exception {
            Path root = repository("r");
            Path other = Files.createDirectories(dir.resolve("other"));
            Assumptions.assumeTrue(Repository.around(dir.toString()) == null, "the temporary directory lies in a repository");

            assertNull(Repository.around(root + "/../" + other.getFileName()));
        }
    }

    @Nested
    class Damaged {
        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "ref: \n", "ref: refs/heads/none\n", "ref: ../../../../etc/hostname\n", "\0\0\0\0"})
        void a_broken_head_names_no_commit_and_breaks_nothing(String content) throws Exception {
            Path root = repository("r");
            Files.writeString(root.resolve(".git/HEAD"), content);
            String sha = Repository.around(root.toString()).head().sha();

            assertNull(sha);
        }
    }
}
