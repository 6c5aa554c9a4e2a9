package bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param rounds how often each command is started
 * @param histories numbers of old jobs, from few to many
 * @param scans how often all jobs are listed
 * @param logRounds how often the big log is written
 * @param logBytes its size
 * @param followRounds how often a log is followed
 * @param lines lines in each of these
 * @param running numbers of jobs that run at the same time
 * @param many jobs started one after the other
 * @param manyRounds how often
 */
public record Plan(int rounds, List<Integer> histories, int scans, int logRounds, long logBytes, int followRounds, int lines,
        List<Integer> running, int many, int manyRounds) {

    public static Plan full() {
        return new Plan(20, List.of(10, 1_000, 10_000, 100_000), 3, 11, 1L << 30, 3, 400, List.of(1, 10, 100), 1_000, 1);
    }

    public static Plan quick() {
        return new Plan(7, List.of(10, 10_000), 3, 7, 1L << 30, 2, 150, List.of(1, 10), 50, 1);
    }

    /** @return the same, with other numbers of rounds everywhere */
    public Plan withRounds(int rounds) {
        return new Plan(rounds, histories, rounds, rounds, logBytes, rounds, lines, running, many, rounds);
    }
}
