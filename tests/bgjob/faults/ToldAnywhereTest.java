package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.BackendRef;
import bgjob.backend.local.LocalBackend;
import bgjob.faults.Steps.Moment;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Limits;
import bgjob.process.ProcessTable;
import bgjob.store.JobStore;
import bgjob.support.Await;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Proc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jobs whose leader, or a fork of it, is held before one step, and told something there: to end, or to wait. A fork is held before it
 * drops the leader's traps, too, where dash loses a signal.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ToldAnywhereTest {
    private static final String DASH = "/bin/dash";
    private static final int SOME = 9;
    private static final int FEW = 40;
    private static final long PATIENCE = 500_000_000L;
    private static final String SIGNALS = "rt_sigaction";
    private static final Limits AGAIN = new Limits(0, 1, 1, 1, 0, List.of(), null, 0, false);
    private static final Limits HOUR = new Limits(3600, 1, 0, 0, 0, List.of(), null, 0, false);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** Beside the caller: a leader that is held before it has answered keeps those waiting who submit. */
    private static Thread submitting(Trial trial) {
        return starting(trial, Trial::submit);
    }

    private static Thread starting(Trial trial, Consumer<Trial> start) {
        Thread thread = new Thread(() -> start.accept(trial), "submits");
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return the steps of the leader and its forks behind the one that makes the record known, up to the end of all or the command's start */
    private static List<String> steps(Scene scene, String last) {
        return steps(scene, last, Trial::submit);
    }

    private static List<String> steps(Scene scene, String last, Consumer<Trial> start) {
        Trial trial = new Trial(scene, "watched", "-|" + SIGNALS);
        trial.open();
        start.accept(trial);
        trial.awaitEnd();
        List<String> steps = trial.steps().moments().stream().map(Moment::step).toList();
        assertTrue(steps.stream().anyMatch(step -> step.startsWith("fork " + SIGNALS)), steps.toString());
        int to = last == null ? steps.size() : steps.lastIndexOf(steps.stream().filter(step -> step.contains(last)).reduce((a, b) -> b).orElseThrow()) + 1;
        int said = steps.indexOf("leader write pipe#1"); // some shells say it by another call
        int from = said >= 0 ? said + 1 : steps.indexOf(steps.stream().filter(step -> step.endsWith(" execve env#1")).findFirst().orElseThrow());
        return steps.subList(from, to).stream().filter(step -> step.startsWith("leader ") || step.startsWith("fork ")).toList();
    }

    /** Every step of all, or some of them, and always those where a fork drops its first trap. */
    private static List<String> chosen(List<String> steps, String shell) {
        int some = shell.equals("dash") ? SOME : FEW;
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (Scene.ALL || i % some == 0 || steps.get(i).startsWith("fork " + SIGNALS) && i > 0 && !steps.get(i - 1).startsWith("fork " + SIGNALS)) {
                chosen.add(steps.get(i));
            }
        }
        return chosen;
    }

    private interface Told {
        void with(Trial trial, BackendRef ref);
    }

    private static BackendRef ref(Trial trial) {
        JobStore store = new JobStore(trial.logs().toString());
        JobId id = JobId.parse(trial.recorded().get(0));
        return new BackendRef(id, trial.logs().toString(), store.facts(id));
    }

    /** Tells each job to end where it is held; none of its commands has a gate to end by, but the first attempt's. */
    private void end(String shell, Told told) {
        Scene scene = new Scene(home, Scene.shell(home, shell), AGAIN);
        end(scene, Trial::submit, chosen(steps(scene, "becomes the command"), shell), told);
    }

    private static void end(Scene scene, Consumer<Trial> start, List<String> steps, Told told) {
        List<String> wrong = new ArrayList<>();
        int reached = 0;
        for (String step : steps) {
            Trial trial = new Trial(scene, "trial" + wrong.size() + "-" + reached + "-" + steps.indexOf(step), "hold|" + step);
            trial.openFirst();
            Thread submitting = starting(trial, start);
            Await.until("it is held: " + step, () -> trial.steps().fault() != null || trial.steps().over() || attempts(trial) == 2);
            reached += trial.steps().fault() == null ? 0 : 1;
            told.with(trial, ref(trial));
            trial.release();
            join(submitting);
            try {
                trial.awaitEnd();
            } catch (AssertionError e) {
                wrong.add(step + ": it goes on: " + trial.steps().lines());
                trial.open();
                trial.awaitEnd();
                continue;
            }
            String exit = new JobRecord(trial.logs(), trial.recorded().get(0)).exitText();
            if (!"143".equals(exit) && !("7".equals(exit) && attempts(trial) == 1)) {
                wrong.add(step + ": it ended with " + exit);
            }
        }
        System.out.println("     " + steps.size() + " steps, " + reached + " reached, " + wrong.size() + " signals lost");
        assertTrue(reached * 10 > steps.size() * 8, "steps reached: " + reached + " of " + steps);
        assertEquals(List.of(), wrong);
    }

    private static void asStopDoes(Trial trial, BackendRef ref) {
        new JobStore(trial.logs().toString()).note(ref.id(), "stop_signal=TERM\n");
        new LocalBackend(ProcessTable.ofThisMachine(), "/bin/sh", Map.of()).signal(ref, "TERM");
    }

    private static int attempts(Trial trial) {
        return (int) trial.steps().lines().stream().filter(line -> line.startsWith("subject\t")).count();
    }

    @ParameterizedTest
    @Fault(value = "TERM at any moment", promise = "`stop` reaches a job before whatever step of its leader or of a fork that is to become the command, between attempts "
            + "as well: 143, without KILL")
    @MethodSource("bgjob.faults.Scene#shells")
    void a_stop_gets_through_whatever_the_leader_is_about_to_do(String shell) {
        end(shell, ToldAnywhereTest::asStopDoes);
    }

    @ParameterizedTest
    @Fault(value = "TERM at any moment", promise = "so does a TERM that others send to the leader alone")
    @MethodSource("bgjob.faults.Scene#shells")
    void a_signal_to_the_leader_alone_reaches_the_command_whatever_it_is_about_to_do(String shell) {
        end(shell, (trial, ref) -> Proc.signal("TERM", ref.facts().number("pid")));
    }

    @ParameterizedTest
    @Fault(value = "TERM at any moment", promise = "so does `stop` of a job that joins a queue, waits in its line or takes its slot")
    @MethodSource("bgjob.faults.Scene#shells")
    void a_stop_gets_through_to_a_job_that_waits(String shell) {
        Scene plain = new Scene(home, Scene.shell(home, shell), AGAIN);
        List<String> others = steps(plain, "becomes the command");
        Scene scene = new Scene(home, plain.shell, AGAIN, Scene.QUEUE);
        List<String> steps = steps(scene, "becomes the command", Trial::queueUp).stream()
                .filter(step -> !others.contains(step) && (!step.contains(SIGNALS) || step.endsWith("5"))).toList(); // ksh93 has hundreds of these
        assertTrue(steps.stream().anyMatch(step -> step.contains("/wake")), steps.toString());
        end(scene, Trial::queueUp, steps, ToldAnywhereTest::asStopDoes);
    }

    @Test
    @Fault(value = "held by STOP", promise = "`pause` holds the job before whatever step of the leader, also while that waits for a program to be loaded, and `resume` "
            + "lets it go on to its end")
    void a_pause_holds_whatever_the_leader_is_about_to_do() {
        Scene scene = new Scene(home, DASH, Limits.NONE);
        List<String> steps = steps(scene, "becomes the command");
        assertTrue(steps.contains("fork execve env#1"), "dash waits for this one in vfork: " + steps);
        for (String step : steps) {
            if (!Scene.ALL && steps.indexOf(step) % FEW != 0 && !step.equals("fork execve env#1")) {
                continue;
            }
            Trial trial = new Trial(scene, "trial" + steps.indexOf(step), "hold|" + step);
            Thread submitting = submitting(trial);
            Await.until("it is held: " + step, () -> trial.steps().fault() != null);
            JobId id = ref(trial).id();
            scene.plain(trial.logs()).pause(id);
            assertEquals(JobState.PAUSED, scene.plain(trial.logs()).inspect(id).state(), step);
            trial.release();
            scene.plain(trial.logs()).resume(id);
            join(submitting);
            trial.open();
            trial.awaitEnd();
            assertEquals("7", new JobRecord(trial.logs(), id.toString()).exitText(), step);
        }
    }

    /** Whoever is held is a watcher, or its sleep, until the signal of the leader meets it, or the command itself. */
    @ParameterizedTest
    @Fault(value = "TERM at any moment", promise = "the watcher of `--timeout` goes with a command that ends while it is being started")
    @MethodSource("bgjob.faults.Scene#shells")
    void the_watcher_of_a_command_that_ends_at_once_goes_with_it(String shell) {
        Scene scene = new Scene(home, Scene.shell(home, shell), HOUR);
        List<String> steps = chosen(steps(scene, null).stream().filter(step -> step.startsWith("fork ")).toList(), shell);
        for (String step : steps) {
            Trial trial = new Trial(scene, "trial" + steps.indexOf(step), "hold|" + step);
            trial.open();
            Thread submitting = submitting(trial);
            Await.until("it is held: " + step, () -> trial.steps().fault() != null || trial.steps().over());
            long end = System.nanoTime() + PATIENCE;
            Await.until("it is interrupted, or nobody tells it anything", () -> trial.steps().over() || System.nanoTime() > end);
            trial.release();
            join(submitting);
            trial.awaitEnd();
            assertEquals("7", new JobRecord(trial.logs(), ref(trial).id().toString()).exitText(), step);
        }
    }
}
