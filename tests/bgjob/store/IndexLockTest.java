package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import docs.Checkout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at the same index. */
class IndexLockTest {
    private static final long NOW = 1_795_237_567_000L;

    @TempDir
    Path temp;

    private IndexedLogs logs;

    @BeforeEach
    void have_an_index() throws IOException {
        logs = new IndexedLogs(temp.resolve(".logs"));
    }

    /** A process of its own that does one of these things; a line on its standard input ends {@code hold}. */
    static final class Other {
        public static void main(String[] args) throws Exception {
            LogsDir dir = new LogsDir(args[1]);
            switch (args[0]) {
                case "hold" -> {
                    try (IndexLock lock = IndexLock.take(dir)) {
                        System.out.println(lock != null);
                        System.in.read();
                    }
                }
                case "try" -> {
                    try (IndexLock lock = IndexLock.make(dir)) {
                        System.out.println(lock != null);
                    }
                }
                case "rebuild" -> {
                    for (int i = 0; i < 25; i++) {
                        Files.deleteIfExists(Path.of(dir.indexStamp()));
                        System.out.println(new JobIds(dir).newest("a"));
                    }
                }
                default -> claim(new JobStore(args[1]), args[0]);
            }
        }

        /** From each of several threads. */
        private static void claim(JobStore store, String label) throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Thread thread = new Thread(() -> {
                    for (int n = 0; n < 5; n++) {
                        JobId id = store.claim(label, NOW);
                        synchronized (Other.class) {
                            System.out.println(id);
                        }
                    }
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private Process other(String what) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Other.class.getName(),
                what, logs.path.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static List<String> said(Process process) throws Exception {
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }

    @Test
    void one_process_at_a_time_has_it() throws Exception {
        Process holder = other("hold");
        assertEquals('t', holder.getInputStream().read());
        assertNull(IndexLock.make(logs.dir));
        assertNull(IndexLock.take(logs.dir), "not within a fifth of a second");
        assertTrue(said(holder).get(0).endsWith("rue"));
        try (IndexLock lock = IndexLock.take(logs.dir)) {
            assertNotNull(lock);
        }
    }

    @Test
    void a_thread_that_tries_in_vain_does_not_take_it_from_the_process() throws Exception {
        try (IndexLock lock = IndexLock.take(logs.dir)) {
            assertNotNull(lock);
            Thread thread = new Thread(() -> {
                assertNull(IndexLock.make(logs.dir));
                assertNull(IndexLock.take(logs.dir));
            });
            thread.start();
            thread.join();

            assertEquals(List.of("false"), said(other("try")));
        }
        assertEquals(List.of("true"), said(other("try")));
    }

    @Test
    void what_shells_compare_by_is_put_right() throws Exception {
        Files.setLastModifiedTime(logs.file("newer"), FileTime.fromMillis(NOW));
        Files.delete(logs.file("older"));
        try (IndexLock lock = IndexLock.make(logs.dir)) {
            assertNotNull(lock);
        }
        assertEquals(1000, Files.getLastModifiedTime(logs.file("newer")).to(TimeUnit.NANOSECONDS)
                - Files.getLastModifiedTime(logs.file("older")).to(TimeUnit.NANOSECONDS));
    }

    @Test
    void without_a_directory_there_is_none() {
        LogsDir none = new LogsDir(temp + "/none");
        assertNull(IndexLock.take(none));
        assertNull(IndexLock.make(none));
        assertFalse(Files.exists(temp.resolve("none")));
    }

    @Test
    void processes_that_make_it_at_once_leave_a_good_one_or_none() throws Exception {
        List<Process> others = List.of(other("rebuild"), other("rebuild"), other("rebuild"));
        for (Process process : others) {
            assertEquals(new TreeSet<>(List.of(logs.ids.newest("a").toString())), new TreeSet<>(said(process)));
        }
        logs.agrees();
        logs.index();
    }

    /** The leader's own lines, out of the job script. */
    private static String leader() throws IOException {
        String script = Files.readString(Checkout.root().resolve("lib/bgjob/script/job.sh"));
        String indexed = script.substring(script.indexOf("bgjob_stamp="), script.indexOf("bgjob_die()"));
        return "bgjob_dir=$1\n" + indexed + """
                bgjob_record() { # FILE
                  bgjob_index=
                  ! bgjob_indexed || bgjob_index=1
                  mv -f "$bgjob_dir/jobs/$1" "$bgjob_dir/$1" || exit
                  [ -z "$bgjob_index" ] || touch -c -r "$bgjob_dir" "$bgjob_stamp"
                }
                while read -r bgjob_id; do
                  echo pid=1 >"$bgjob_dir/jobs/$bgjob_id.meta"
                  bgjob_record "$bgjob_id.meta"
                  echo 0 >"$bgjob_dir/jobs/$bgjob_id.exit"
                  bgjob_record "$bgjob_id.exit"
                done
                """;
    }

    @Test
    void claims_and_leaders_of_several_processes_lose_no_job() throws Exception {
        Path script = Files.writeString(temp.resolve("leader"), leader());
        List<Process> all = new ArrayList<>();
        for (String label : List.of("same", "new", "same")) {
            Process claims = other(label);
            all.add(claims);
            for (int i = 0; i < 2; i++) { // each reads some of the ids, line by line
                all.add(new ProcessBuilder("/bin/sh", script.toString(), logs.path.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start());
            }
        }
        List<Thread> pumps = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 3) {
            Process claims = all.get(i);
            List<Process> leaders = all.subList(i + 1, i + 3);
            Thread pump = new Thread(() -> {
                try (var lines = claims.inputReader(); var one = leaders.get(0).outputWriter(); var other = leaders.get(1).outputWriter()) {
                    boolean even = false;
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        even = !even;
                        (even ? one : other).append(line).append('\n').flush();
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            pump.start();
            pumps.add(pump);
        }
        JobId last = null;
        while (pumps.stream().anyMatch(Thread::isAlive)) {
            JobId newest = logs.ids.newest("same");
            assertTrue(last == null || newest != null && newest.compareTo(last) >= 0, newest + " after " + last);
            last = newest;
        }
        for (Process process : all) {
            assertEquals(0, process.waitFor());
        }
        assertEquals(100, logs.ids.all("same").size());
        assertEquals(50, logs.ids.all("new").size());
        logs.agrees();
    }
}
