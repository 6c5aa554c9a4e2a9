package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Kind;
import bgjob.store.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionTest {
    @TempDir
    Path temp;

    private final FakeBackend backend = new FakeBackend();
    private Path work;
    private JobStore store;

    @BeforeEach
    void make() throws IOException {
        work = Files.createDirectory(temp.toRealPath().resolve("work"));
        store = new JobStore(temp.toRealPath() + "/logs");
    }

    private JobId submit(JobSpec spec) {
        return new Submission(store, backend, new SubmitOptions("/bin/sh", "me")).submit(spec, null, null).id();
    }

    private JobSpec spec(String label, String... command) {
        return new JobSpec(label, List.of(command), work.toString(), List.of());
    }

    private String script(JobId id) throws IOException {
        return Files.readString(Path.of(store.dir().script(id)));
    }

    @Nested
    class Accepted {
        @Test
        void the_script_holds_the_command_exactly_and_the_facts_with_secrets_masked() throws Exception {
            JobId id = submit(spec("x", "curl", "--token", "s3cret", "https://me:s3cret@host"));
            String script = script(id);

            assertEquals(List.of(store.dir().script(id)), backend.submitted);
            assertTrue(script.contains("\nset -- curl --token s3cret https://me:s3cret@host\n"), script);
            assertTrue(script.contains("'cmd=curl --token '\\''***'\\'' '\\''https://me:***@host'\\'''"), script);
            for (String fact : new String[] {"label=x", "ts=" + id.ts(), "repo_dir=" + work, "cwd=" + work, "shell=/bin/sh", "venv_activate=",
                "user=me", "backend=local", "host=here", "git_sha=", "git_branch="}) {
                assertTrue(script.contains(" " + fact + " "), fact + "\n" + script);
            }
            assertEquals(2, script.lines().filter(line -> line.contains("s3cret")).count(), "in the command and in the recipe alone");
        }

        @Test
        void a_virtual_environment_at_the_root_of_the_repository_is_used() throws Exception {
            Files.createDirectories(work.resolve(".git"));
            Files.writeString(work.resolve(".git/HEAD"), "ref: refs/heads/main\n");
            Files.createDirectories(work.resolve(".venv/bin"));
            Files.writeString(work.resolve(".venv/bin/activate"), "");
            Path sub = Files.createDirectories(work.resolve("sub"));
            String script = script(submit(new JobSpec("x", List.of("make"), sub.toString(), List.of())));

            assertTrue(script.contains("\nbgjob_venv=" + work + "/.venv/bin/activate\n"), script);
            assertTrue(script.contains("\nbgjob_git=" + work + "\n"), script);
            assertTrue(script.contains("\nbgjob_cwd=" + sub + "\n"), script);
            assertTrue(script.contains(" git_branch=main "), script);

            Files.createDirectories(work.resolve("venv/bin"));
            Files.writeString(work.resolve("venv/bin/activate"), "");
            assertTrue(script(submit(spec("x", "make"))).contains("\nbgjob_venv=" + work + "/venv/bin/activate\n"));
        }

        @Test
        void values_of_variables_stay_out_of_the_meta() throws Exception {
            String script = script(submit(new JobSpec("x", List.of("make"), work.toString(), List.of("MY_VALUE=visible nowhere"))));

            assertEquals(2, script.lines().filter(line -> line.contains("visible nowhere")).count(), "in the command and in the recipe alone");
            assertTrue(script.contains("set -- env -- 'MY_VALUE=visible nowhere' \"$@\""), script);
        }
    }

    @Nested
    class Refused {
        private BgjobException refusal(Kind kind, JobSpec spec) throws IOException {
            BgjobException refusal = assertThrows(BgjobException.class, () -> submit(spec));
            assertEquals(kind, refusal.kind(), refusal.getMessage());
            assertEquals(List.of(), leftovers());
            return refusal;
        }

        private List<String> leftovers() throws IOException {
            Path logs = Path.of(store.dir().path());
            if (!Files.exists(logs)) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(logs)) {
                return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("x_")).toList();
            }
        }

        @Test
        void a_label_that_is_none() throws Exception {
            String said = refusal(Kind.USAGE, spec("a b", "make")).getMessage();
            assertEquals("label 'a b' has a character other than A-Z a-z 0-9 . _ -; use letters, digits, '.', '_' and '-'", said);
            assertFalse(Files.exists(Path.of(store.dir().path())));
        }

        @Test
        void no_command() throws Exception {
            assertTrue(refusal(Kind.USAGE, spec("x")).getMessage().contains("no command"));
        }

        @Test
        void a_working_directory_that_is_none() throws Exception {
            JobSpec spec = new JobSpec("x", List.of("make"), work + "/gone", List.of());
            assertEquals("working directory '" + work + "/gone' is no directory", refusal(Kind.USAGE, spec).getMessage());
        }

        @Test
        void a_backend_that_is_not_available() throws Exception {
            backend.unavailable = "there is no shell";
            assertEquals("there is no shell", refusal(Kind.FAILED, spec("x", "make")).getMessage());
        }

        @Test
        void a_backend_that_fails_to_start_it_leaves_nothing() throws Exception {
            backend.refusal = BgjobException.failed("no");
            assertEquals("no", refusal(Kind.FAILED, spec("x", "make")).getMessage());
        }
    }
}
