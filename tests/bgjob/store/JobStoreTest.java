package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStoreTest {
    @TempDir
    Path temp;

    private Path logs;
    private JobStore store;

    @BeforeEach
    void make() throws IOException {
        logs = Files.createDirectory(temp.resolve(".logs"));
        store = new JobStore(logs.toString());
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(logs.resolve(name), content);
    }

    private static List<String> names(List<JobId> ids) {
        return ids.stream().map(JobId::toString).toList();
    }

    @Nested
    class Looking {
        @Test
        void a_job_is_there_once_its_meta_or_its_exit_is() throws Exception {
            file("a_20260101_000000.meta", "");
            file("b_20260101_000000.exit", "0\n");
            file("c_20260101_000000.log", "");
            file("d_20260101_000000.pid", "1\n");

            assertEquals(List.of("b_20260101_000000", "a_20260101_000000"), names(store.ids()));
            assertTrue(store.contains(JobId.parse("a_20260101_000000")));
            assertTrue(store.contains(JobId.parse("b_20260101_000000")));
            assertFalse(store.contains(JobId.parse("c_20260101_000000")));
            assertEquals(Set.of("a", "b"), store.labels());
        }

        @Test
        void a_job_with_both_files_is_listed_once_and_the_newest_comes_first() throws Exception {
            for (String id : new String[] {"x_20260101_000000", "x_20260101_000000_2", "x_20260101_000000_10", "x_20251231_235959"}) {
                file(id + ".meta", "");
                file(id + ".exit", "0\n");
            }

            assertEquals(List.of("x_20260101_000000_10", "x_20260101_000000_2", "x_20260101_000000", "x_20251231_235959"),
                    names(store.ids()));
            assertEquals("x_20260101_000000_10", store.newest("x").toString());
        }

        @Test
        void a_label_that_begins_like_another_is_another() throws Exception {
            file("tests_20260101_000000.meta", "");
            file("tests_unit_20260102_000000.meta", "");
            file("tests_20260101_000000_20260103_000000.meta", "");
            file("tests2_20260104_000000.meta", "");

            assertEquals(List.of("tests_20260101_000000"), names(store.ids("tests")));
            assertEquals("tests_20260101_000000", store.newest("tests").toString());
            assertEquals("tests_unit_20260102_000000", store.newest("tests_unit").toString());
            assertEquals("tests_20260101_000000_20260103_000000", store.newest("tests_20260101_000000").toString());
            assertNull(store.newest("test"));
            assertNull(store.newest("tests_"));
        }

        @Test
        void other_files_are_no_jobs() throws Exception {
            for (String name : new String[] {"notes.meta", ".meta", ".exit", "x_20260101_000000.meta.bak", "x_2026.meta",
                "x_20260101_000000meta", ".x_20260101_000000.exit.4711", "x y_20260101_000000.meta"}) {
                file(name, "");
            }

            assertEquals(List.of(), store.ids());
            assertEquals(Set.of(), store.labels());
        }

        @Test
        void without_a_directory_there_are_no_jobs() {
            JobStore none = new JobStore(temp.resolve("none").toString());

            assertEquals(List.of(), none.ids());
            assertNull(none.newest("x"));
            assertEquals(Set.of(), none.labels());
            assertEquals(JobStore.NO_EXIT, none.exit(JobId.parse("x_20260101_000000")));
            assertFalse(Files.exists(temp.resolve("none")));
        }

        @Test
        void a_file_in_the_place_of_the_directory_is_named() throws Exception {
            Path file = Files.writeString(temp.resolve("file"), "mine");
            JobStore store = new JobStore(file.toString());

            for (BgjobException failure : List.of(assertThrows(BgjobException.class, () -> store.ids()),
                    assertThrows(BgjobException.class, () -> store.claim("x", 0)))) {
                assertEquals(file + " is not a directory; move it away or use --dir DIR for another place", failure.getMessage());
                assertEquals(Kind.FAILED, failure.kind());
            }
            assertEquals("mine", Files.readString(file));
        }
    }

    @Nested
    class Exit {
        private final JobId id = JobId.parse("x_20260101_000000");

        @ParameterizedTest
        @CsvSource({"0, 0", "1, 1", "75, 75", "143, 143", "255, 255"})
        void a_number_on_a_line_is_the_exit_status(String text, int status) throws Exception {
            file(id + ".exit", text + "\n");

            assertEquals(status, store.exit(id));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "0", "25", "256\n", "300\n", "-1\n", "x\n", " 0\n", "0 \n", "0\r\n", "0\n1\n", "0x1\n", "1.0\n",
            "\0\0\0\n", "99999999999999999999999\n", "٣\n"})
        void anything_else_is_a_damaged_file_and_not_a_missing_one(String content) throws Exception {
            file(id + ".exit", content);

            assertEquals(JobStore.BAD_EXIT, store.exit(id));
        }

        @Test
        void no_file_is_no_exit_and_a_directory_in_its_place_is_damage() throws Exception {
            assertEquals(JobStore.NO_EXIT, store.exit(id));
            Files.createDirectory(logs.resolve(id + ".exit"));

            assertEquals(JobStore.BAD_EXIT, store.exit(id));
        }
    }

    @Nested
    class Endings {
        private final JobId id = JobId.parse("x_20260101_000000");

        @Test
        void an_ending_is_recorded_in_the_meta_and_then_in_the_exit_file() throws Exception {
            file(id + ".meta", "pid=1\n");
            store.recordEnding(id, 137, "KILL", 1_795_237_567_000L);

            assertEquals("137\n", Files.readString(logs.resolve(id + ".exit")));
            assertEquals("pid=1\nsignal=KILL\nended=2026-11-21T05:06:07Z\nexit=137\nended_by=bgjob stop\n",
                    Files.readString(logs.resolve(id + ".meta")));
            assertEquals("rw-------", JobStoreClaimTest.mode(logs.resolve(id + ".exit")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0\n", "", "garbage"})
        void an_ending_that_is_recorded_is_never_changed(String content) throws Exception {
            file(id + ".meta", "pid=1\n");
            file(id + ".exit", content);
            store.recordEnding(id, 137, "KILL", 0);

            assertEquals(content, Files.readString(logs.resolve(id + ".exit")));
            assertEquals("pid=1\n", Files.readString(logs.resolve(id + ".meta")));
        }

        @Test
        void facts_are_added_to_those_recorded() throws Exception {
            file(id + ".meta", "pid=1\n");
            store.note(id, "stop_by=me\n");
            Facts facts = store.facts(id);

            assertEquals(2, facts.size());
            assertEquals("me", facts.first("stop_by"));
        }
    }

    @Nested
    class Scripts {
        @Test
        void a_script_is_written_beside_an_empty_checkpoint_folder() throws Exception {
            JobId id = store.claim("x", 0);
            store.writeScript(id, "echo\n".getBytes(StandardCharsets.US_ASCII), null);

            assertEquals("echo\n", Files.readString(logs.resolve("jobs/" + id + ".sh")));
            assertEquals("rwx------", JobStoreClaimTest.mode(logs.resolve("jobs/" + id + ".sh")));
            assertEquals("rwx------", JobStoreClaimTest.mode(logs.resolve("jobs/" + id + ".checkpoint")));
        }

        @Test
        void a_claim_given_back_leaves_nothing() throws Exception {
            JobId id = store.claim("x", 0);
            store.writeScript(id, new byte[] {'\n'}, null);
            store.abandon(id, null);

            assertEquals(Set.of(".gitignore", "jobs"), children(logs));
            assertEquals(Set.of(), children(logs.resolve("jobs")));
        }

        @Test
        void what_a_leader_left_that_was_killed_before_it_recorded_goes_with_the_claim() throws Exception {
            JobId id = store.claim("x", 0);
            store.writeScript(id, new byte[] {'\n'}, null);
            file("jobs/" + id + ".checkpoint/" + id + ".meta", "pi");
            store.abandon(id, null);

            assertEquals(Set.of(), children(logs.resolve("jobs")));
            store.writeScript(store.claim("x", 0), new byte[] {'\n'}, null);
        }

        @Test
        void a_job_that_its_leader_has_recorded_is_not_given_back() throws Exception {
            JobId id = store.claim("x", 0);
            store.writeScript(id, new byte[] {'\n'}, null);
            file(id + ".meta", "pid=1\n");
            store.abandon(id, null);

            assertTrue(Files.exists(logs.resolve(id + ".log")));
            assertTrue(Files.exists(logs.resolve("jobs/" + id + ".sh")));
        }

        @Test
        void a_script_that_cannot_be_written_is_named_with_the_reason() throws Exception {
            JobId id = store.claim("x", 0);
            Files.delete(logs.resolve("jobs"));
            Files.writeString(logs.resolve("jobs"), "");
            BgjobException failure = assertThrows(BgjobException.class, () -> store.writeScript(id, new byte[1], null));

            assertEquals("cannot write " + logs + "/jobs/" + id + ".sh: not a directory; free space or use --dir DIR",
                    failure.getMessage());
        }

        private Set<String> children(Path dir) throws IOException {
            try (Stream<Path> files = Files.list(dir)) {
                return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
            }
        }
    }
}
