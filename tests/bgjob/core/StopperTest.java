package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Kind;
import bgjob.store.JobStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopperTest {
    private static final String ID = "x_20261121_050607";
    private static final StopRequest TERM = new StopRequest("TERM", 60_000, "me", null);
    private static final StopRequest IMPATIENT = new StopRequest("TERM", 1, "me", "going home");

    @TempDir
    Path temp;

    private final FakeBackend backend = new FakeBackend();
    private Records records;

    @BeforeEach
    void make() {
        records = new Records(temp);
    }

    private StopReceipt stop(StopRequest request) {
        JobStore store = new JobStore(records.path());
        return new Stopper(store, new Inspector(store, List.of(backend))).stop(JobId.parse(ID), request);
    }

    /** The leader writes its ending and goes, as it does when its command has ended. */
    private void leaderEnds(int exit, String signal) {
        records.write(ID + ".meta", "signal=" + signal + "\nended=2026-11-21T05:06:10Z\nexit=" + exit + "\n");
        records.write(ID + ".exit", exit + "\n");
        backend.end();
    }

    @Nested
    class Running {
        @BeforeEach
        void runs() {
            records.started(ID);
            backend.members = FakeBackend.processes(1, 2);
        }

        @Test
        void a_job_that_obeys_is_stopped_by_one_signal() {
            backend.onSignal = signal -> leaderEnds(143, signal);
            StopReceipt receipt = stop(TERM);

            assertEquals(List.of("TERM"), receipt.signals());
            assertEquals(List.of("TERM"), backend.signals);
            assertEquals(List.of(), receipt.survivors());
            assertEquals(JobState.STOPPED, receipt.job().state());
            assertEquals(143, receipt.job().exit().code());
        }

        @Test
        void who_asked_and_why_stands_in_the_meta_before_the_signal_is_sent() {
            String[] meta = new String[1];
            backend.onSignal = signal -> {
                meta[0] = records.read(ID + ".meta");
                leaderEnds(143, signal);
            };
            stop(new StopRequest("INT", 60_000, "me", "two\nlines"));

            assertTrue(meta[0].contains("\nstop_by=me\nstop_reason=$'two\\nlines'\nstop_signal=INT\n"), meta[0]);
        }

        @Test
        void a_job_that_ignores_the_signal_is_killed_after_the_grace() {
            backend.onSignal = signal -> {
                if (signal.equals("KILL")) {
                    leaderEnds(137, signal);
                }
            };
            StopReceipt receipt = stop(IMPATIENT);

            assertEquals(List.of("TERM", "KILL"), receipt.signals());
            assertEquals(JobState.STOPPED, receipt.job().state());
            assertEquals(137, receipt.job().exit().code());
        }

        @Test
        void the_ending_of_a_leader_that_had_to_be_killed_is_recorded_for_it() {
            backend.onSignal = signal -> {
                if (signal.equals("KILL")) {
                    backend.end();
                }
            };
            StopReceipt receipt = stop(IMPATIENT);

            assertEquals("137\n", records.read(ID + ".exit"));
            assertTrue(records.read(ID + ".meta").contains("\nended_by=bgjob stop\n"));
            assertEquals(JobState.STOPPED, receipt.job().state());
            assertEquals("KILL", receipt.job().exit().signal());
        }

        @Test
        void what_survives_is_named_and_the_job_not_called_stopped() {
            StopReceipt receipt = stop(new StopRequest("KILL", 1, "me", null));

            assertEquals(FakeBackend.processes(1, 2), receipt.survivors());
            assertEquals(JobState.RUNNING, receipt.job().state());
            assertFalse(records.has(ID + ".exit"));
        }

        @Test
        void a_first_signal_of_kill_is_sent_once() {
            backend.onSignal = signal -> leaderEnds(137, signal);
            assertEquals(List.of("KILL"), stop(new StopRequest("KILL", 60_000, "me", null)).signals());
        }

        @Test
        void a_job_that_must_not_be_touched_keeps_a_clean_record() {
            backend.untouchable = "cannot be stopped from inside itself";
            BgjobException refusal = assertThrows(BgjobException.class, () -> stop(IMPATIENT));

            assertEquals("job " + ID + " cannot be stopped from inside itself", refusal.getMessage());
            assertFalse(records.read(ID + ".meta").contains("stop_"));
            assertEquals(List.of(), backend.signals);
        }

        @Test
        void a_held_job_is_let_go_so_that_it_can_end() {
            backend.seen = Observation.of(Sight.HELD, null);
            backend.onSignal = signal -> {
                if (signal.equals("CONT")) {
                    leaderEnds(143, "TERM");
                }
            };
            assertEquals(List.of("TERM", "CONT"), stop(TERM).signals());
        }
    }

    @Nested
    class NotRunning {
        @Test
        void a_job_that_has_ended_is_left_as_it_is() {
            records.ended(ID, 0);
            backend.end();
            String before = records.read(ID + ".meta");
            StopReceipt receipt = stop(TERM);

            assertEquals(List.of(), receipt.signals());
            assertEquals(JobState.COMPLETED, receipt.job().state());
            assertEquals(before, records.read(ID + ".meta"));
        }

        @Test
        void what_an_ended_job_has_left_running_is_stopped_and_its_ending_stays() {
            records.ended(ID, 0);
            backend.members = FakeBackend.processes(7);
            backend.onSignal = signal -> backend.end();
            StopReceipt receipt = stop(TERM);

            assertEquals(List.of("TERM"), receipt.signals());
            assertEquals(JobState.COMPLETED, receipt.job().state());
            String meta = records.read(ID + ".meta");
            assertTrue(meta.indexOf("exit=") < meta.indexOf("stop_signal=TERM"), meta);
        }

        @Test
        void survivors_of_a_lost_job_are_stopped_and_it_stays_lost() {
            records.started(ID);
            backend.seen = new Observation(Sight.GONE, "gone", -1, FakeBackend.processes(7));
            backend.members = FakeBackend.processes(7);
            backend.onSignal = signal -> backend.end();
            StopReceipt receipt = stop(TERM);

            assertEquals(List.of("TERM"), receipt.signals());
            assertEquals(JobState.LOST, receipt.job().state());
            assertFalse(records.has(ID + ".exit"));
        }

        @Test
        void a_job_out_of_sight_is_not_touched() {
            records.started(ID);
            backend.seen = Observation.of(Sight.CANNOT_TELL, "it runs on there");
            BgjobException refusal = assertThrows(BgjobException.class, () -> stop(TERM));

            assertEquals(Kind.CANNOT_TELL, refusal.kind());
            assertEquals("cannot stop " + ID + ": it runs on there", refusal.getMessage());
            assertEquals(List.of(), backend.signals);
        }

        @Test
        void a_job_that_ended_on_a_backend_unknown_here_is_said_to_have_ended() {
            records.write(ID + ".meta", "label=x\nbackend=slurm\npid=1\nexit=0\n");
            records.write(ID + ".exit", "0\n");
            StopReceipt receipt = stop(TERM);

            assertEquals(JobState.COMPLETED, receipt.job().state());
            assertEquals(List.of(), receipt.signals());
        }
    }
}
