package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Kind;
import bgjob.job.Rfc3339;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobStoreClaimTest {
    private static final long NOW = 1_795_237_567_000L;

    @TempDir
    Path temp;

    static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private JobStore store() {
        return new JobStore(temp.resolve(".logs").toString());
    }

    private void record(JobId id) throws IOException {
        Files.writeString(temp.resolve(".logs/" + id + ".meta"), "pid=1\n");
    }

    @Test
    void a_claim_makes_the_directory_which_ignores_itself_and_an_empty_log() throws Exception {
        JobId id = store().claim("tests", NOW);

        assertEquals("tests_" + Rfc3339.localStamp(NOW), id.toString());
        assertEquals(0, Files.size(temp.resolve(".logs/" + id + ".log")));
        assertEquals("*\n", Files.readString(temp.resolve(".logs/.gitignore")));
        assertTrue(Files.isDirectory(temp.resolve(".logs/jobs")));
    }

    @Test
    void an_ignore_file_of_ones_own_is_kept() throws Exception {
        Files.createDirectory(temp.resolve(".logs"));
        Files.writeString(temp.resolve(".logs/.gitignore"), "!keep\n");
        store().claim("x", NOW);

        assertEquals("!keep\n", Files.readString(temp.resolve(".logs/.gitignore")));
    }

    @Test
    void missing_parents_are_made() {
        JobStore deep = new JobStore(temp.resolve("a/b/c").toString());
        JobId id = deep.claim("x", NOW);

        assertTrue(Files.exists(temp.resolve("a/b/c/" + id + ".log")));
    }

    @Test
    void jobs_of_one_second_are_numbered() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            JobId id = store().claim("x", NOW + i);
            record(id);
            ids.add(id.toString());
        }
        String first = "x_" + Rfc3339.localStamp(NOW);

        assertEquals(first, ids.get(0));
        assertEquals(first + "_2", ids.get(1));
        assertEquals(first + "_12", ids.get(11));
    }

    @Test
    void a_clock_set_back_keeps_the_order() throws Exception {
        JobId before = store().claim("x", NOW);
        record(before);
        JobId after = store().claim("x", NOW - 7_200_000);
        record(after);
        JobId third = store().claim("x", NOW - 3_600_000);
        JobId other = store().claim("y", NOW - 7_200_000);

        assertTrue(before.compareTo(after) < 0);
        assertTrue(after.compareTo(third) < 0);
        assertEquals(before + "_2", after.toString());
        assertEquals(before + "_3", third.toString());
        assertEquals("y_" + Rfc3339.localStamp(NOW - 7_200_000), other.toString());
    }

    @Test
    void an_id_is_not_taken_while_any_file_of_a_record_has_it() throws Exception {
        Path logs = Files.createDirectories(temp.resolve(".logs/jobs")).getParent();
        String first = "x_" + Rfc3339.localStamp(NOW);
        Files.writeString(logs.resolve("jobs/" + first + ".sh"), "");
        Files.writeString(logs.resolve(first + "_2.log"), "kept");
        Files.writeString(logs.resolve(first + "_3.exit"), "0\n");

        assertEquals(first + "_4", store().claim("x", NOW).toString());
        assertEquals("kept", Files.readString(logs.resolve(first + "_2.log")));
    }

    @Test
    void fifty_threads_in_one_second_get_fifty_ids() throws Exception {
        Set<String> ids = new ConcurrentSkipListSet<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                    ids.add(store().claim("x", NOW).toString());
                } catch (Throwable e) {
                    failures.add(e);
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertTrue(failures.isEmpty(), () -> failures.size() + " failed, the first with: " + failures.peek());
        assertEquals(50, ids.size());
        for (String id : ids) {
            assertTrue(Files.exists(temp.resolve(".logs/" + id + ".log")), id);
        }
    }

    @Nested
    class WhereItCannotBeDone {
        private String refusal(String dir) {
            BgjobException failure = assertThrows(BgjobException.class, () -> new JobStore(dir).claim("x", NOW));
            assertEquals(Kind.FAILED, failure.kind());
            return failure.getMessage();
        }

        @Test
        void a_file_above_the_directory_is_the_reason() throws Exception {
            Path file = Files.writeString(temp.resolve("f"), "");

            String said = refusal(file + "/.logs");

            assertTrue(said.startsWith("cannot make " + file + "/.logs: "), said);
            assertTrue(said.contains("exist") || said.contains("not a directory"), said);
        }

        @Test
        void a_file_in_the_place_of_the_scripts_folder_is_the_reason() throws Exception {
            Path logs = Files.createDirectory(temp.resolve(".logs"));
            Files.writeString(logs.resolve("jobs"), "");
            String said = refusal(logs.toString());

            assertTrue(said.contains("exist") || said.contains("not a directory"), said);
        }

        @Test
        void a_link_to_nowhere_is_the_reason() throws Exception {
            Files.createSymbolicLink(temp.resolve(".logs"), temp.resolve("nowhere"));
            String said = refusal(temp.resolve(".logs").toString());

            assertTrue(said.contains("exist") || said.contains("not a directory") || said.contains("link"), said);
            assertFalse(Files.exists(temp.resolve("nowhere")));
        }

        @Test
        void a_system_folder_that_takes_no_files_is_the_reason() {
            assumeTrue(Files.isDirectory(Path.of("/proc/self")), "missing tool: /proc");
            String said = refusal("/proc/self/.logs");

            assertTrue(said.startsWith("cannot make /proc/self/.logs: "), said);
            assertTrue(said.endsWith("; use --dir DIR for another place"), said);
        }
    }

    /** Runs in a JVM of its own, since a JVM cannot change its umask. */
    static final class Claimer {
        public static void main(String[] args) {
            JobStore store = new JobStore(args[0]);
            JobId id = store.claim("x", NOW);
            store.writeScript(id, "echo\n".getBytes(StandardCharsets.US_ASCII), null);
            store.recordEnding(id, 0, "", NOW);
        }
    }

    @Test
    void whatever_the_umask_only_the_owner_may_use_the_record() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        Process claimer = new ProcessBuilder("/bin/sh", "-c", "umask 000; exec \"$@\"", "sh", java, "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Claimer.class.getName(), temp.resolve("logs").toString())
                .redirectErrorStream(true).start();
        claimer.getOutputStream().close();
        String said = new String(claimer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, claimer.waitFor(), said);
        Path logs = temp.resolve("logs");
        String id = "x_" + Rfc3339.localStamp(NOW);

        assertEquals("rwx------", mode(logs));
        assertEquals("rwx------", mode(logs.resolve("jobs")));
        assertEquals("rw-------", mode(logs.resolve(".gitignore")));
        assertEquals("rw-------", mode(logs.resolve(id + ".log")));
        assertEquals("rw-------", mode(logs.resolve(id + ".exit")));
        assertEquals("rwx------", mode(logs.resolve("jobs/" + id + ".sh")));
        assertEquals("rwx------", mode(logs.resolve("jobs/" + id + ".checkpoint")));
        Set<String> modes = new TreeSet<>();
        try (Stream<Path> all = Files.walk(logs)) {
            for (Path file : all.toList()) {
                modes.add(mode(file).substring(3));
            }
        }
        assertEquals(Set.of("------"), modes);
    }
}
