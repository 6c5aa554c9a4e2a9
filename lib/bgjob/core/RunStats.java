package bgjob.core;

import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the runs of a label, of a commit or of all add up to. Only completed runs count for durations: one that failed says little
 * about how long the work takes. It holds eight bytes for each of those, and a few runs.
 */
public final class RunStats {
    /** How many runs the trend is about. */
    public static final int TREND = 20;

    private static final int SLOWEST = 5;

    private final String name;
    private final Map<JobState, Integer> counts = new EnumMap<>(JobState.class);
    private final List<Run> slowest = new ArrayList<>();
    private int runs;
    private long[] durations = new long[16];
    private int completed;
    private Run lastFailure;
    private Run firstBad;
    private Run lastGood;
    private volatile long[] sorted;

    /**
     * One run, as far as statistics need it.
     *
     * @param id the job
     * @param exit its exit status, or null
     * @param duration in milliseconds, or null
     * @param finished milliseconds since 1970 UTC, or null
     * @param sha the commit, or null
     * @param dirty whether there were uncommitted changes, or null
     */
    public record Run(JobId id, Integer exit, Long duration, Long finished, String sha, Boolean dirty) {
        static Run of(Job job) {
            return new Run(job.id(), job.exit() == null ? null : job.exit().code(), job.times().duration(), job.times().finished(),
                    job.git() == null ? null : job.git().sha(), job.git() == null ? null : job.git().dirty());
        }
    }

    /** @param name the label or the commit, or null for all */
    RunStats(String name) {
        this.name = name;
    }

    /** Adds a run; the newest comes first. */
    void add(Job job) {
        runs++;
        if (job.state() == null) {
            return;
        }
        counts.merge(job.state(), 1, Integer::sum);
        Run run = Run.of(job);
        if (job.state() == JobState.COMPLETED) {
            lastGood = lastGood == null ? run : lastGood;
            if (run.duration() != null) {
                addDuration(run);
            }
        } else if (failure(job.state())) {
            lastFailure = lastFailure == null ? run : lastFailure;
            firstBad = lastGood == null ? run : firstBad;
        }
    }

    private static boolean failure(JobState state) {
        return state == JobState.FAILED || state == JobState.TIMED_OUT || state == JobState.LOST;
    }

    private void addDuration(Run run) {
        if (completed == durations.length) {
            durations = Arrays.copyOf(durations, 2 * completed);
        }
        durations[completed++] = run.duration();
        if (slowest.size() < SLOWEST || run.duration() > slowest.get(SLOWEST - 1).duration()) {
            slowest.add(run);
            slowest.sort(Comparator.comparing(Run::duration).reversed());
            if (slowest.size() > SLOWEST) {
                slowest.remove(SLOWEST);
            }
        }
    }

    /** @return the label or the commit, or null for all */
    public String name() {
        return name;
    }

    /** @return how many runs there are */
    public int runs() {
        return runs;
    }

    /** @return how many of them are in that state now */
    public int count(JobState state) {
        return counts.getOrDefault(state, 0);
    }

    /** @return how many bgjob cannot tell the state of */
    public int unknown() {
        int known = 0;
        for (int count : counts.values()) {
            known += count;
        }
        return runs - known;
    }

    /** @return how many were completed, failed, ran out of time or were lost: those that the rate is about */
    public int judged() {
        return count(JobState.COMPLETED) + failures();
    }

    /** @return how many failed, ran out of time or were lost */
    public int failures() {
        return count(JobState.FAILED) + count(JobState.TIMED_OUT) + count(JobState.LOST);
    }

    /** @return how many durations are known */
    public int timed() {
        return completed;
    }

    /**
     * @param percent 1 to 100
     * @return the duration that so many percent of the completed runs do not exceed, by nearest rank, or null when there is none
     */
    public Long percentile(int percent) {
        if (completed == 0) {
            return null;
        }
        return sorted()[(int) ((percent * (long) completed + 99) / 100) - 1];
    }

    /** @return the shortest duration, or null */
    public Long shortest() {
        return completed == 0 ? null : Long.valueOf(sorted()[0]);
    }

    private long[] sorted() {
        long[] known = sorted;
        if (known == null || known.length != completed) {
            known = Arrays.copyOf(durations, completed);
            Arrays.sort(known);
            sorted = known; // only now, since threads may share what was answered
        }
        return known;
    }

    /** @return the durations of the newest completed runs, the oldest first */
    public List<Long> trend() {
        List<Long> trend = new ArrayList<>();
        for (int i = 0; i < Math.min(TREND, completed); i++) {
            trend.add(durations[i]);
        }
        Collections.reverse(trend);
        return trend;
    }

    /** @return the slowest completed runs, the slowest first */
    public List<Run> slowest() {
        return List.copyOf(slowest);
    }

    /** @return the newest run that failed, or null */
    public Run lastFailure() {
        return lastFailure;
    }

    /** @return the first of the runs that failed since the last one that was completed, or null when none did */
    public Run firstBad() {
        return firstBad;
    }

    /** @return the newest run that was completed, or null */
    public Run lastGood() {
        return lastGood;
    }
}
