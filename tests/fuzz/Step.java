package fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing done. All else about it comes from the salt and from what is there, so that a sequence with steps left out is a sequence too.
 *
 * @param label the label it is done to
 */
record Step(Kind kind, String label, long salt) {
    /** Labels that look like options, ids, stamps, numbers and folders. */
    private static final List<String> LABELS = List.of("a", "b.c", "D-1", "x_y", "20260101", "..", "_", "1", "L".repeat(180));

    /** What can be done, and how often. */
    enum Kind {
        RUN(7), WAIT(3), STOP(3), OPEN(2), PAUSE(2), RESUME(3), RERUN(2), PRUNE(1), LIST(2), STATUS(2), LOGS(2), FOLLOW(1), RESULT(1), SUMS(1), LATEST(1),
        KILL_LEADER(1), KILL_COMMAND(1), NONSENSE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static List<Step> random(Random random, int many) {
        List<Kind> bag = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int n = 0; n < kind.weight; n++) {
                bag.add(kind);
            }
        }
        List<Step> steps = new ArrayList<>();
        List<String> few = List.of(LABELS.get(random.nextInt(LABELS.size())), LABELS.get(random.nextInt(LABELS.size())));
        while (steps.size() < many) {
            steps.add(new Step(bag.get(random.nextInt(bag.size())), few.get(random.nextInt(few.size())), random.nextLong()));
        }
        return steps;
    }
}
