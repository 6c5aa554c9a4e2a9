package bgjob.progress;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.util.ArrayList;
import java.util.List;

/** Guesses from how long the label's earlier jobs took. */
final class History {
    private static final int MOST_PERCENT = 99;

    private History() {
    }

    /**
     * @param durations of earlier jobs that succeeded, in milliseconds
     * @param elapsed milliseconds since the job started, or -1
     * @return a share of the median; without an ETA when it takes longer than that; null when there is nothing to go by
     */
    static Progress estimate(List<Long> durations, long elapsed) {
        if (durations.isEmpty() || elapsed < 0) {
            return null;
        }
        List<Long> sorted = new ArrayList<>(durations);
        sorted.sort(null); // an array of long is sorted by more classes, which takes milliseconds
        int middle = sorted.size() / 2;
        long median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        if (median <= 0) {
            return null;
        }
        Integer percent = (int) Math.min(MOST_PERCENT, elapsed * 100 / median);
        Long left = elapsed < median ? Long.valueOf((median - elapsed + 500) / 1000) : null;
        return new Progress(null, null, percent, null, null, List.of(), 0, null, left, Source.HISTORY);
    }
}
