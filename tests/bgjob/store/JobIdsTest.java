package bgjob.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.JobId;
import bgjob.support.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens in a directory with an index, the answers are those of a fresh listing. */
class JobIdsTest {
    private static final long NOW = 1_795_237_567_000L;

    @TempDir
    Path temp;

    private IndexedLogs logs;
    private JobStore store;

    @BeforeEach
    void have_an_index() throws IOException {
        logs = new IndexedLogs(temp.resolve(".logs"));
        store = new JobStore(logs.path.toString());
    }

    @Test
    void a_small_directory_has_no_index() throws Exception {
        JobIds few = new JobIds(new LogsDir(temp.resolve("few").toString()));
        Files.createDirectory(temp.resolve("few"));
        Files.writeString(temp.resolve("few/a_20260101_000000.meta"), "");

        assertEquals("a_20260101_000000", few.newest("a").toString());
        assertFalse(Files.exists(temp.resolve("few/index")));
    }

    @Nested
    class OursAlone {
        @Test
        void jobs_of_our_own_keep_it_valid() throws Exception {
            String generation = logs.generation();
            List<JobId> ids = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ids.add(store.claim(i % 2 == 0 ? "new" : "a", NOW + i));
                assertTrue(logs.indexed(), "claimed");
                logs.agrees();
                logs.record(ids.get(i));
                assertTrue(logs.indexed(), "recorded");
                logs.agrees();
            }
            store.recordEnding(ids.get(3), 137, "KILL", NOW);
            store.abandon(store.claim("other", NOW), null);

            assertTrue(logs.indexed());
            assertEquals(generation, logs.generation());
            logs.agrees();
        }

        @Test
        void a_claim_is_no_job_until_it_is_recorded() throws Exception {
            JobId slow = store.claim("new", NOW);
            JobId dead = store.claim("new", NOW + 1000);
            assertNull(logs.ids.newest("new"));
            logs.agrees();
            logs.record(slow);
            assertEquals(slow.toString(), logs.ids.newest("new").toString());
            logs.agrees();
            store.abandon(dead, null);
            logs.agrees();
        }

        @Test
        @Fault(value = "clock", promise = "set back: a label names the job started last")
        void a_clock_set_back_keeps_the_order() throws Exception {
            for (int i = 0; i < 30; i++) {
                logs.record(store.claim(i % 3 == 0 ? "new" : "tests", NOW - i * 3_600_000L));
            }
            assertTrue(logs.indexed());
            logs.agrees();
            logs.record(store.claim("a", 0));
            logs.agrees();
            assertTrue(logs.indexed());
        }

        @Test
        void more_dead_claims_than_anyone_asks_for_hide_no_job() throws Exception {
            JobId slow = store.claim("same", NOW);
            for (int i = 1; i < 700; i++) {
                Files.writeString(logs.path.resolve("same_20270101_000000_" + (i + 1) + ".log"), "");
            }
            logs.agrees();
            assertTrue(logs.indexed());
            logs.record(slow); // its index was made while nothing but its log was there
            assertTrue(logs.indexed());
            assertEquals(slow.toString(), logs.ids.newest("same").toString());
            logs.agrees();
        }
    }

    @Nested
    class Others {
        @Test
        void a_record_added_by_hand_is_seen() throws Exception {
            Files.writeString(logs.path.resolve("new_20270101_000000.meta"), "pid=1\n");
            assertFalse(logs.indexed());
            assertEquals("new_20270101_000000", logs.ids.newest("new").toString());
            logs.agrees();
            Files.writeString(logs.path.resolve("a_20270101_000000.exit"), "0\n");
            assertEquals("a_20270101_000000", logs.ids.newest("a").toString());
            logs.agrees();
        }

        @Test
        void records_removed_by_hand_are_gone() throws Exception {
            for (String pattern : List.of("a_2*.exit", "a_2*.meta", "build_2*", "*_b_*.meta", "tests_*[05].*", "*.log", "*")) {
                Process rm = new ProcessBuilder("/bin/sh", "-c", "cd \"$1\" && rm -f " + pattern + " 2>/dev/null; :", "sh", logs.path.toString()).start();
                assertEquals(0, rm.waitFor());
                logs.agrees();
            }
            assertNull(logs.ids.newest((String) null));
        }

        @Test
        void a_record_renamed_by_hand_is_the_new_one() throws Exception {
            JobId id = logs.ids.newest("a");
            for (String end : List.of(".meta", ".exit", ".log")) {
                Files.move(logs.path.resolve(id + end), logs.path.resolve("new_20270101_000000" + end));
            }
            logs.agrees();
        }

        @Test
        void a_directory_that_changes_all_the_time_is_answered_for_too() throws Exception {
            for (int i = 0; i < 30; i++) {
                logs.finished("new_20270101_0000" + (10 + i));
                assertEquals("new_20270101_0000" + (10 + i), logs.ids.newest("new").toString());
                Files.delete(logs.path.resolve("new_20270101_0000" + (10 + i) + ".meta"));
                Files.delete(logs.path.resolve("new_20270101_0000" + (10 + i) + ".exit"));
                assertNull(logs.ids.newest("new"));
            }
            logs.agrees();
        }

        @Test
        void no_index_is_made_in_the_tick_in_which_the_directory_changed() throws Exception {
            for (int i = 0; i < 5; i++) {
                Files.writeString(logs.path.resolve("other_20260101_0000" + (10 + i) + ".meta"), "");
                logs.index();
                FileTime made = (FileTime) Files.getAttribute(logs.file("ids"), "unix:ctime");
                long since = made.toMillis() - Files.getLastModifiedTime(logs.file("stamp")).toMillis();
                assertTrue(since >= 15, "another change " + since + " ms after the last would have had the same time");
            }
        }
    }

    /** What a leader has yet to say of a change of its own, when another change comes between. */
    @Nested
    class Between {
        @Test
        void a_claim_that_could_not_be_taken_up_is_not_hidden() throws Exception {
            JobId slow = store.claim("new", NOW);
            JobId[] missed = new JobId[1];
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            Thread rebuilding = new Thread(() -> {
                try (IndexLock lock = IndexLock.make(logs.dir)) {
                    assertNotNull(lock);
                    held.countDown();
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            rebuilding.start();
            held.await();

            logs.ids.change(() -> {
                Files.writeString(logs.path.resolve(slow + ".meta"), "pid=1\n");
                missed[0] = store.claim("same", NOW); // in vain it waits for the lock
            });
            over.countDown();
            rebuilding.join();
            logs.record(missed[0]);

            assertEquals(missed[0].toString(), logs.ids.newest("same").toString());
            logs.agrees();
        }

        @Test
        void a_claim_beyond_what_the_index_takes_is_not_hidden() throws Exception {
            logs.index();
            while (logs.bytes("new").length < 512 * 32) {
                logs.record(store.claim("same", NOW));
            }
            JobId[] last = new JobId[1];
            JobId slow = store.claim("a", NOW); // the first that finds no room
            logs.ids.change(() -> {
                Files.writeString(logs.path.resolve(slow + ".meta"), "pid=1\n");
                last[0] = store.claim("new", NOW);
            });
            logs.record(last[0]);
            logs.agrees();
        }

        @Test
        void an_ending_is_recorded_although_the_index_vanished() throws Exception {
            JobId id = store.claim("new", NOW);
            logs.record(id);
            logs.ids.change(() -> {
                Files.delete(logs.file("stamp"));
                Files.writeString(logs.path.resolve(id + ".exit"), "0\n");
            });
            assertEquals(0, store.exit(id));
            assertFalse(Files.exists(logs.file("stamp")), "and no empty one was made");
            logs.agrees();
        }

        @Test
        void an_index_made_in_the_middle_of_a_record_knows_it() throws Exception {
            JobId id = store.claim("new", NOW);
            logs.ids.change(() -> {
                Files.writeString(logs.path.resolve("x"), ""); // what makes the index outdated
                logs.index();
                Files.writeString(logs.path.resolve(id + ".meta"), "pid=1\n");
            });
            assertTrue(logs.indexed());
            assertEquals(id.toString(), logs.ids.newest("new").toString());
            logs.agrees();
        }
    }

    @Test
    @Fault(value = "many at once", promise = "readers miss no job while others come and go")
    void readers_never_miss_a_job_while_others_come_and_go() throws Exception {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        Thread reader = new Thread(() -> {
            try {
                JobId last = null;
                while (done.getCount() > 0) {
                    JobId newest = logs.ids.newest("same");
                    assertTrue(last == null || newest != null && newest.compareTo(last) >= 0, newest + " after " + last);
                    last = newest;
                }
            } catch (Throwable e) {
                failures.add(e);
            }
        });
        reader.start();
        for (int i = 0; i < 100; i++) {
            logs.record(store.claim("same", NOW));
            if (i % 10 == 0) {
                Files.writeString(logs.path.resolve("foreign" + i), "");
            }
        }
        done.countDown();
        reader.join();
        assertEquals(List.of(), failures);
        logs.agrees();
    }
}
