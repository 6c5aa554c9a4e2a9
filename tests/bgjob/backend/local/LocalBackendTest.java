package bgjob.backend.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.Survivor;
import bgjob.process.ProcessTable;
import bgjob.script.JobScript;
import bgjob.store.JobStore;
import bgjob.support.Await;
import bgjob.support.Proc;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real job scripts, real processes. */
class LocalBackendTest {
    @TempDir
    Path temp;

    private final Map<String, String> environment = new HashMap<>();
    private LocalBackend backend;
    private JobStore store;
    private String logs;

    @BeforeEach
    void make() throws IOException {
        logs = temp.toRealPath() + "/.logs";
        store = new JobStore(logs);
        backend = new LocalBackend(ProcessTable.ofThisMachine(), "/bin/sh", environment);
    }

    /** Whatever a test did or failed to do, none of its processes outlives it. */
    @AfterEach
    void killAll() {
        Await.until("the jobs' processes are gone", () -> {
            List<Proc> left = Proc.all().stream().filter(proc -> logs.equals(proc.variable("BGJOB_DIR")) && proc.alive()).toList();
            left.forEach(proc -> proc.signal("KILL"));
            return left.isEmpty();
        });
    }

    private JobId submit(String label, String... command) {
        JobId id = store.claim(label, System.currentTimeMillis());
        List<String> meta = new ArrayList<>(List.of("ts=" + id.ts(), "label=" + label));
        Facts facts = backend.describe();
        for (int i = 0; i < facts.size(); i++) {
            meta.add(facts.key(i) + "=" + facts.value(i));
        }
        store.writeScript(id, new JobScript(id.toString(), label, logs, "/bin/sh", temp.toString(), null, null,
                List.of("BGJOB_TEST_RUN=" + System.getProperty("bgjob.testRun", "by-hand")), List.of(command), meta).render(), null);
        backend.submit(new BackendRef(id, logs, new Facts()), store.dir().script(id));
        return id;
    }

    private BackendRef ref(JobId id) {
        return new BackendRef(id, logs, store.facts(id));
    }

    private Observation observe(JobId id) {
        return backend.observe(List.of(ref(id))).get(0);
    }

    private Set<String> commands(JobId id) {
        return new TreeSet<>(backend.members(ref(id)).stream().map(Survivor::command).filter(text -> text.startsWith("sleep")).toList());
    }

    private void awaitCommands(JobId id, String... commands) {
        Await.until(id + " runs " + List.of(commands), () -> commands(id).equals(Set.of(commands)));
    }

    private int awaitExit(JobId id) {
        Await.until(id + " ends", () -> store.exit(id) != JobStore.NO_EXIT);
        return store.exit(id);
    }

    @Nested
    class Submitting {
        @Test
        void the_job_is_recorded_when_it_returns_and_goes_on() {
            JobId id = submit("x", "sleep", "300");
            long pid = store.facts(id).number("pid");
            Proc leader = new Proc(pid);

            assertTrue(leader.alive());
            assertEquals(pid, leader.pgid());
            assertEquals(pid, leader.sid());
            assertEquals(pid, store.facts(id).number("pgid"));
            assertNotEquals(new Proc(ProcessHandle.current().pid()).sid(), leader.sid());
            assertEquals(Sight.RUNNING, observe(id).sight());
            assertTrue(observe(id).age() >= 0);
        }

        @Test
        void a_job_that_ends_at_once_is_recorded_too() {
            assertEquals(0, awaitExit(submit("x", "true")));
            assertEquals(3, awaitExit(submit("x", "sh", "-c", "exit 3")));
        }

        @Test
        void a_shell_that_says_nothing_is_a_failure_with_its_name() {
            backend = new LocalBackend(ProcessTable.ofThisMachine(), "/bin/false", environment);
            BgjobException failure = assertThrows(BgjobException.class, () -> submit("x", "true"));

            assertTrue(failure.getMessage().endsWith(" was not started: its shell /bin/false ended without a word"), failure.getMessage());
        }

        @Test
        void what_the_script_complains_of_is_the_reason() throws Exception {
            JobId id = submit("x", "true");
            awaitExit(id);
            BgjobException failure = assertThrows(BgjobException.class,
                    () -> backend.submit(new BackendRef(id, logs, new Facts()), store.dir().script(id)));

            assertTrue(failure.getMessage().contains(" was not started: " + id + " is already recorded; a job runs once."), failure.getMessage());
        }

        @Test
        void a_shell_that_is_not_there_is_named_before() {
            String reason = new LocalBackend(ProcessTable.ofThisMachine(), "/nonexistent/sh", environment).unavailable();

            assertTrue(reason.contains("/nonexistent/sh is missing or not executable"), reason);
            assertNull(backend.unavailable());
        }

        @Test
        void what_the_launcher_set_aside_reaches_the_job_again() throws Exception {
            environment.put("BGJOB_SAVED_JDK_JAVA_OPTIONS", "-Da='b c' ");
            environment.put("BGJOB_UNSET_LC_ALL", "1");
            JobId id = submit("x", "sh", "-c", "printf '<%s>' \"$JDK_JAVA_OPTIONS\" \"${LC_ALL-unset}\" \"${BGJOB_SAVED_JDK_JAVA_OPTIONS-unset}\"");
            awaitExit(id);

            assertEquals("<-Da='b c' ><unset><unset>", Files.readString(Path.of(store.dir().log(id))));
        }
    }

    @Nested
    class Watching {
        @Test
        void a_leader_killed_outright_leaves_a_job_that_is_gone_with_survivors() {
            JobId id = submit("x", "sh", "-c", "sleep 301 & sleep 302; :");
            awaitCommands(id, "sleep 301", "sleep 302");
            Proc leader = new Proc(store.facts(id).number("pid"));
            leader.signal("KILL");
            leader.awaitEnd();
            Observation seen = observe(id);

            assertEquals(Sight.GONE, seen.sight());
            assertTrue(seen.survivors().size() >= 2, seen.toString());
            assertEquals(Set.of("sleep 301", "sleep 302"), commands(id));
            backend.signal(ref(id), "KILL");
            Await.until("no survivor is left", () -> backend.members(ref(id)).isEmpty());
        }

        @Test
        void a_held_job_is_held_until_it_is_let_go() {
            JobId id = submit("x", "sleep", "300");
            awaitCommands(id, "sleep 300");
            backend.signal(ref(id), "STOP");
            Await.until("it is held", () -> observe(id).sight() == Sight.HELD);
            backend.signal(ref(id), "CONT");
            Await.until("it runs again", () -> observe(id).sight() == Sight.RUNNING);
        }

        @Test
        void several_jobs_are_seen_in_the_order_asked() {
            JobId ended = submit("a", "true");
            JobId running = submit("b", "sleep", "300");
            awaitExit(ended);
            Await.until("the leader of a is gone", () -> observe(ended).sight() == Sight.GONE);
            List<Sight> seen = backend.observe(List.of(ref(running), ref(ended), ref(running))).stream().map(Observation::sight).toList();

            assertEquals(List.of(Sight.RUNNING, Sight.GONE, Sight.RUNNING), seen);
        }
    }

    @Nested
    class Signalling {
        @Test
        void term_ends_every_process_of_the_job_and_of_no_other() {
            JobId other = submit("other", "sleep", "400");
            JobId id = submit("x", "sh", "-c", "sleep 301 & sleep 302; :");
            awaitCommands(id, "sleep 301", "sleep 302");
            awaitCommands(other, "sleep 400");
            backend.signal(ref(id), "TERM");

            assertEquals(143, awaitExit(id));
            Await.until("nothing of it is left", () -> backend.members(ref(id)).isEmpty());
            assertEquals(Sight.RUNNING, observe(other).sight());
            assertEquals(Set.of("sleep 400"), commands(other));
        }

        @Test
        void a_child_that_left_the_session_is_found_and_ended_too() {
            Tool.need("setsid");
            JobId id = submit("x", "sh", "-c", "setsid sleep 303 & (setsid env -u BGJOB_LABEL sleep 304 &) ; sleep 305; :");
            awaitCommands(id, "sleep 303", "sleep 304", "sleep 305");
            backend.signal(ref(id), "TERM");

            Await.until("nothing of it is left", () -> backend.members(ref(id)).isEmpty());
            assertFalse(Proc.all().stream().anyMatch(proc -> logs.equals(proc.variable("BGJOB_DIR")) && proc.alive()
                    && proc.commandLine().startsWith("sleep")));
        }

        @Test
        void kill_spares_the_leader_which_records_the_ending() {
            JobId id = submit("x", "sh", "-c", "trap '' TERM; sleep 301; sleep 302");
            awaitCommands(id, "sleep 301");
            backend.signal(ref(id), "KILL");

            assertEquals(137, awaitExit(id));
            assertEquals("KILL", store.facts(id).first("signal"));
            assertNull(store.facts(id).first("ended_by"));
        }

        @Test
        void kill_reaches_a_held_job() {
            JobId id = submit("x", "sleep", "300");
            awaitCommands(id, "sleep 300");
            backend.signal(ref(id), "STOP");
            Await.until("it is held", () -> observe(id).sight() == Sight.HELD);
            backend.signal(ref(id), "KILL");

            assertEquals(137, awaitExit(id));
        }

        /** Shells swallow a signal that comes while they fork, so it is sent again; what it must never do is end the leader alone. */
        @Test
        void a_signal_right_after_the_start_ends_the_job_and_never_costs_its_ending() {
            for (int i = 0; i < 20; i++) {
                JobId id = submit("x", "sleep", "300");
                Await.until(id + " ends", () -> {
                    backend.signal(ref(id), "TERM");
                    return store.exit(id) != JobStore.NO_EXIT || observe(id).sight() == Sight.GONE;
                });

                assertEquals(143, awaitExit(id), "job " + i);
            }
        }

        @Test
        void a_job_that_has_ended_gets_none() {
            JobId id = submit("x", "true");
            awaitExit(id);
            backend.signal(ref(id), "TERM");
            backend.signal(ref(id), "KILL");

            assertEquals(0, store.exit(id));
            assertEquals(List.of(), backend.members(ref(id)));
        }
    }
}
