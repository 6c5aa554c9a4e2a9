package bgjob.backend.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.Facts;
import bgjob.process.ProcessTable;
import bgjob.process.Started;
import bgjob.support.Await;
import bgjob.support.Fault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeaderTest {
    private static final long PID = FakeTable.BASE + 1;

    private final FakeTable table = new FakeTable().add(PID, 1, PID, 'S');

    private static Facts facts(String... assignments) {
        Facts facts = new Facts();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            facts.add(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return facts;
    }

    private static Facts recorded(String... more) {
        Facts facts = facts("host=here", "pid_ns=pid:[1]", "pid=" + PID, "pgid=" + PID, "start_time=ticks:" + PID, "boot_id=boot-1",
                "uptime=40.00");
        Facts others = facts(more);
        for (int i = 0; i < others.size(); i++) {
            facts.add(others.key(i), others.value(i));
        }
        return facts;
    }

    private Observation observe(Facts facts) {
        return new Leader(table, facts).observe();
    }

    @Nested
    class Alive {
        @Test
        void the_recorded_process_is_seen_with_its_age_by_the_monotonic_clock() {
            Observation seen = observe(recorded());

            assertEquals(Sight.RUNNING, seen.sight());
            assertEquals(60_000, seen.age());
            assertNull(seen.why());
        }

        @Test
        void one_that_a_signal_holds_is_held() {
            table.add(PID, 1, PID, 'T');

            assertEquals(Sight.HELD, observe(recorded()).sight());
        }

        @Test
        void without_a_monotonic_clock_it_has_no_age() {
            table.uptime = -1;

            assertEquals(-1, observe(recorded()).age());
            assertEquals(Sight.RUNNING, observe(recorded()).sight());
        }

        @Test
        void an_empty_name_space_in_the_record_is_none() {
            Facts facts = facts("pid_ns=", "pid=" + PID, "pgid=" + PID, "start_time=ticks:" + PID, "boot_id=boot-1");

            assertEquals(Sight.RUNNING, observe(facts).sight());
        }

        @Test
        void a_machine_that_names_no_boot_is_believed() {
            table.boot = null;

            assertEquals(Sight.RUNNING, observe(recorded()).sight());
        }
    }

    @Nested
    class Gone {
        @Test
        void no_process_of_that_pid() {
            Observation seen = new Leader(new FakeTable(), recorded()).observe();

            assertEquals(Sight.GONE, seen.sight());
            assertEquals("its leader, process " + PID + ", is gone and recorded no ending: it was killed, or could not write", seen.why());
        }

        @Test
        void a_pid_that_was_given_to_another_process() {
            Facts facts = facts("host=here", "pid_ns=pid:[1]", "pid=" + PID, "pgid=" + PID, "start_time=ticks:17", "boot_id=boot-1");

            assertEquals(Sight.GONE, observe(facts).sight());
            assertNull(new Leader(table, facts).process());
        }

        @Test
        void a_zombie_runs_nothing() {
            table.add(PID, 1, PID, 'Z');

            assertEquals(Sight.GONE, observe(recorded()).sight());
        }

        @Test
        @Fault(value = "reboot", promise = "a job of another boot without an ending is `lost`; `stop` sends nothing")
        void a_restarted_machine_has_none_of_it_left_even_when_pid_and_start_agree() {
            table.boot = "boot-2";
            Observation seen = observe(recorded());

            assertEquals(Sight.GONE, seen.sight());
            assertEquals("the machine was restarted while it ran", seen.why());
        }
    }

    @Nested
    class OutOfSight {
        @Test
        void a_job_of_another_machine() {
            table.boot = "boot-2";
            table.host = "there";
            Observation seen = observe(recorded());

            assertEquals(Sight.CANNOT_TELL, seen.sight());
            assertEquals("it runs on here, which cannot be seen from there", seen.why());
        }

        @Test
        void a_job_of_another_container() {
            table.space = "pid:[2]";
            Observation seen = observe(recorded());

            assertEquals(Sight.CANNOT_TELL, seen.sight());
            assertTrue(seen.why().contains("pid:[1]"), seen.why());
        }

        @Test
        void a_record_without_a_pid() {
            for (Facts facts : new Facts[] {new Facts(), facts("pid="), facts("pid=0"), facts("pid=-1"), facts("pid=x"), facts("pid=1x")}) {
                Observation seen = observe(facts);

                assertEquals(Sight.CANNOT_TELL, seen.sight());
                assertNotNull(seen.why());
            }
        }

        @Test
        void a_living_process_whose_start_was_not_recorded() {
            Observation seen = observe(facts("pid=" + PID, "pgid=" + PID));

            assertEquals(Sight.CANNOT_TELL, seen.sight());
            assertTrue(seen.why().contains(Long.toString(PID)), seen.why());
            assertEquals(Sight.GONE, new Leader(new FakeTable(), facts("pid=" + PID, "pgid=" + PID)).observe().sight());
        }
    }

    @Test
    void a_real_process_is_known_by_its_start_and_not_by_its_pid() throws Exception {
        ProcessTable real = ProcessTable.ofThisMachine();
        try (Started sleeper = Started.sleeper()) {
            Await.until("it sleeps", () -> real.find(sleeper.pid()).state() == 'S');
            String start = real.find(sleeper.pid()).startTime();
            String pid = "pid=" + sleeper.pid();

            assertEquals(Sight.RUNNING, new Leader(real, facts(pid, "start_time=" + start)).observe().sight());
            assertEquals(Sight.GONE, new Leader(real, facts(pid, "start_time=" + start + "1")).observe().sight());
            assertEquals(Sight.GONE, new Leader(real, facts(pid, "start_time=" + start, "boot_id=another", "host=" + real.host()))
                    .observe().sight());
            assertEquals(Sight.CANNOT_TELL, new Leader(real, facts(pid, "start_time=" + start, "pid_ns=pid:[1]")).observe().sight());
        }
    }
}
