package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.faults.Steps.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Trials of one scene, one fault each; wrong answers are gathered and shown together at the end. */
final class Sweep {
    /** A trial mostly waits, so that two at once take half the time. */
    private static final int AT_ONCE = 2;
    private static final int DOCTOR_EACH = 40;
    /** One in so many may have another number each time, where processes of one name run side by side. */
    private static final int UNREACHED = 10;

    private final Scene scene;
    private final Consumer<Trial> start;
    private final BlockingQueue<Planned> planned = new LinkedBlockingQueue<>();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final List<String> unreached = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger trials = new AtomicInteger();

    private record Planned(Moment moment, String plan) {
    }

    Sweep(Scene scene, Consumer<Trial> start) {
        this.scene = scene;
        this.start = start;
    }

    /** @return the steps of a job to which nothing is done */
    List<Moment> moments() {
        Trial trial = new Trial(scene, "watched", null);
        trial.open();
        start.accept(trial);
        trial.awaitEnd();
        assertTrue(trial.accepted(), trial.complaint());
        assertEquals(Scene.CODE, trial.steps().truth());
        return trial.steps().moments();
    }

    /** Plans to kill at that moment whatever lives then, alone and together. */
    void killAll(Moment moment) {
        if (moment.starts()) {
            kill(moment, "bgjob");
        }
        if (!List.of("leader", "bgjob", "relay").contains(moment.role())) {
            kill(moment, "self");
        }
        if (moment.leads()) {
            kill(moment, "leader");
        }
        if (moment.leads() && moment.starts()) {
            kill(moment, "bgjob,leader");
        }
        if (moment.runs()) {
            kill(moment, "command");
            kill(moment, "leader,command");
        }
    }

    /** Plans the same without what is killed alone at another moment: the one that acts, and all together. */
    void killApart(Moment moment) {
        if (moment.leads()) {
            kill(moment, "leader");
        }
        if (moment.runs() && moment.role().equals("leader")) {
            kill(moment, "leader,command");
        }
        if (moment.touches() || moment.role().equals("fork")) {
            kill(moment, moment.role().equals("leader") ? "bgjob,leader" : "self");
        }
    }

    void kill(Moment moment, String targets) {
        planned.add(new Planned(moment, "kill|" + moment.step() + "|" + targets));
    }

    void fail(Moment moment, String errno) {
        planned.add(new Planned(moment, "fail|" + moment.step() + "|" + errno));
    }

    /** Does all that was planned; fails where an answer was wrong. */
    void tryAll() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Thread thread = new Thread(this::tryNext);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println("     " + trials + " trials, " + unreached.size() + " without their step, " + wrong.size() + " wrong answers");
        assertTrue(trials.get() > unreached.size() * UNREACHED, "steps that were never reached: " + unreached + " of " + trials);
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong answers in " + trials + " trials:\n" + String.join("\n", wrong));
    }

    private void tryNext() {
        try (Calls program = Calls.open(scene.home.work())) {
            for (Planned next = planned.poll(); next != null; next = planned.poll()) {
                int number = trials.incrementAndGet();
                try {
                    if (!trial(program, next, "trial" + number, number) && !trial(program, next, "again" + number, number)) {
                        unreached.add(next.plan);
                    }
                } catch (RuntimeException | AssertionError e) {
                    wrong.add(next.plan + ": " + e);
                }
            }
        } catch (IOException e) {
            wrong.add(e.toString());
        }
    }

    /** @return whether the step was reached: processes that run side by side may do without it once */
    private boolean trial(Calls program, Planned next, String name, int number) {
        Trial trial = new Trial(scene, name, next.plan);
        Witness witness = new Witness(program, trial);
        if (next.moment.ended()) {
            trial.open();
        }
        start.accept(trial);
        trial.awaitFault();
        Steps steps = trial.steps();
        if (steps.fault() == null) {
            return false;
        }
        trial.free();
        if (trial.awaitGate() && !next.moment.ended()) {
            witness.whileItRuns(!steps.killed(steps.leader()));
        }
        trial.open();
        if (scene.limits.timeout() > 0 && steps.killed(steps.leader()) && !trial.recorded().isEmpty()) {
            trial.awaitCommand();
            witness.stopWhatIsLeft();
        }
        trial.awaitEnd();
        witness.whenAllIsOver();
        if (number % DOCTOR_EACH == 0) {
            witness.doctor();
        }
        witness.wrong().forEach(answer -> wrong.add(next.plan + " (" + steps.fault() + "): " + answer));
        return true;
    }
}
