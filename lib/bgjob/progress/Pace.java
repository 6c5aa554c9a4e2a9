package bgjob.progress;

/** Rates and times left. */
final class Pace {
    private Pace() {
    }

    /** @return the rate to three digits behind the point */
    static double round(double rate) {
        return rate > 1e12 ? rate : Math.round(rate * 1000) / 1000.0;
    }

    /**
     * @param elapsed milliseconds that it took to come so far, or -1
     * @return how many seconds the rest takes at the same pace, or null
     */
    static Long left(Long current, Long total, Integer percent, long elapsed) {
        double done = current != null && total != null ? current : percent == null ? -1 : percent;
        double all = current != null && total != null ? total : 100;
        if (done >= 0 && done >= all) {
            return 0L;
        }
        return done <= 0 || elapsed <= 0 ? null : Long.valueOf(Math.round(elapsed * (all - done) / done / 1000));
    }
}
