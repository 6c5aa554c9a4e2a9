package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.faults.Steps.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Trials of one scene, one fault each; wrong answers are gathered and shown together at the end. */
final class Sweep {
    private static final int DOCTOR_EACH = 25;

    private final Scene scene;
    private final Consumer<Trial> start;
    private final List<String> wrong = new ArrayList<>();
    private int trials;

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

    /** @return which processes are worth killing at that moment, alone and together */
    static List<String> targets(Moment moment) {
        List<String> targets = new ArrayList<>(List.of("bgjob"));
        if (!moment.isLeaders()) {
            targets.add("self");
        }
        if (moment.leads()) {
            targets.add("leader");
            targets.add("bgjob,leader");
        }
        if (moment.runs()) {
            targets.add("command");
            targets.add("leader,command");
        }
        return targets;
    }

    void kill(Calls program, Moment moment, String targets) {
        trial(program, moment, "kill|" + moment.step() + "|" + targets);
    }

    void fail(Calls program, Moment moment, String errno) {
        trial(program, moment, "fail|" + moment.step() + "|" + errno);
    }

    private void trial(Calls program, Moment moment, String plan) {
        trials++;
        Trial trial = new Trial(scene, "trial" + trials, plan);
        Witness witness = new Witness(program, trial);
        if (moment.ended()) {
            trial.open();
        }
        start.accept(trial);
        trial.awaitFault();
        Steps steps = trial.steps();
        if (steps.fault() == null) {
            wrong.add(plan + ": the step was not reached; seen were\n    " + String.join("\n    ", steps.lines()));
            return;
        }
        if (trial.awaitGate() && !moment.ended()) {
            witness.whileItRuns(!steps.killed(steps.leader()));
        }
        trial.open();
        trial.awaitEnd();
        witness.whenAllIsOver();
        if (trials % DOCTOR_EACH == 0) {
            witness.doctor();
        }
        witness.wrong().forEach(answer -> wrong.add(plan + " (" + steps.fault() + "): " + answer));
    }

    /** Says how much was tried, and fails where an answer was wrong. */
    void close(String what) {
        System.out.println("     " + trials + " trials: " + what + ", " + wrong.size() + " wrong answers");
        assertTrue(wrong.isEmpty(), () -> wrong.size() + " wrong answers in " + trials + " trials:\n" + String.join("\n", wrong));
    }
}
