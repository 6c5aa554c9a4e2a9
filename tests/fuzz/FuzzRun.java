package fuzz;

import java.util.Random;

/**
 * How long and from which seed: {@code BGJOB_FUZZ_SECONDS} and {@code BGJOB_FUZZ_SEED}. Each round has a seed of its own, so that a
 * failure is found again by one round; without a seed the first one is today's clock.
 */
final class FuzzRun {
    private FuzzRun() {
    }

    /** One round; a failure is what it throws. */
    interface Round {
        void play(long seed);
    }

    /**
     * Plays rounds until time is up, at least one.
     *
     * @param share which part of the seconds it takes
     * @return how many rounds were played
     */
    static int play(double share, Round round) {
        String given = System.getenv("BGJOB_FUZZ_SEED");
        double seconds = Double.parseDouble(System.getenv().getOrDefault("BGJOB_FUZZ_SECONDS", "20"));
        long end = System.nanoTime() + (long) (seconds * share * 1e9);
        Random seeds = new Random(System.nanoTime());
        int rounds = 0;
        do {
            long seed = given != null ? Long.parseLong(given) + rounds : seeds.nextInt(Integer.MAX_VALUE);
            try {
                round.play(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("found again by BGJOB_FUZZ_SEED=" + seed + ": " + e.getMessage(), e);
            }
            rounds++;
        } while (System.nanoTime() < end);
        return rounds;
    }
}
