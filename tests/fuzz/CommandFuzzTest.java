package fuzz;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.Proc;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random sequences of commands on real jobs, compared with what must be true after each of them. */
class CommandFuzzTest {
    private static final int STEPS = 40;
    private static final int MOST_TRIES = 60;

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Caller caller = new Caller(home);
    private int steps;

    @AfterEach
    void the_worker_ends() {
        caller.close();
    }

    @Test
    void whatever_is_done_in_whatever_order_every_answer_is_true() {
        int rounds = FuzzRun.play(0.6, seed -> play(Step.random(new Random(seed), STEPS)));
        System.out.println("CommandFuzzTest: " + rounds + " sequences, " + steps + " steps, " + caller.calls() + " calls");
    }

    private void play(List<Step> sequence) {
        Failure failure = failure(sequence);
        if (failure != null) {
            throw new AssertionError(failure.sentence() + "\n" + shrunk(sequence, failure), failure.cause());
        }
    }

    /** What went wrong, and the calls up to there. */
    private record Failure(String sentence, String story, Throwable cause) {
    }

    private Failure failure(List<Step> sequence) {
        World world = new World(home, caller);
        Play play = new Play(world);
        try {
            for (int i = 0; i < sequence.size(); i++) {
                steps++;
                play.step(sequence.get(i), i);
            }
            world.end();
            return null;
        } catch (AssertionError | RuntimeException e) {
            String story = world.story();
            Await.until("what the jobs left is killed", () -> {
                List<Proc> left = world.left();
                left.forEach(process -> process.signal("KILL"));
                return left.isEmpty();
            });
            return new Failure(String.valueOf(e.getMessage() == null ? e : e.getMessage()), story, e);
        } finally {
            world.clear();
        }
    }

    /** @return the calls of the shortest sequence found that fails, too */
    private String shrunk(List<Step> sequence, Failure first) {
        List<Step> shortest = sequence;
        Failure found = first;
        int tries = 0;
        for (int part = sequence.size() / 2; part >= 1; part /= 2) {
            for (int at = 0; at + part <= shortest.size() && tries < MOST_TRIES; tries++) {
                List<Step> shorter = new ArrayList<>(shortest.subList(0, at));
                shorter.addAll(shortest.subList(at + part, shortest.size()));
                Failure again = failure(shorter);
                if (again == null) {
                    at += part;
                } else {
                    shortest = shorter;
                    found = again;
                }
            }
        }
        return shortest.size() + " of " + sequence.size() + " steps do the same, in " + tries + " tries: " + found.sentence() + "\n" + found.story();
    }
}
