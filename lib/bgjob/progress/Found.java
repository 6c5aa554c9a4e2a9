package bgjob.progress;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.util.List;

/** What a line of a log says about progress; -1 and null stand for what it does not say. */
final class Found {
    final Source source;
    /** Whether the line's form alone proves who wrote it; else an earlier line has to show that something counts. */
    final boolean sure;
    long current = -1;
    long total = -1;
    int percent = -1;
    String phase;
    String item;
    double rate = -1;
    long eta = -1;

    Found(Source source, boolean sure) {
        this.source = source;
        this.sure = sure;
    }

    Found count(long done, long of) {
        current = done;
        total = of;
        return this;
    }

    Found percent(long n) {
        percent = (int) n;
        return this;
    }

    Found item(String text) {
        item = text;
        return this;
    }

    boolean sane() {
        return (total < 0 || total > 0 && current >= 0 && current <= total) && percent <= 100 && (percent >= 0 || total > 0);
    }

    boolean complete() {
        return percent == 100 || total > 0 && current == total;
    }

    /** Whether this line, which stands further up, shows that the counter below it counts. */
    boolean leadsTo(Found later) {
        if (source != later.source || sure != later.sure) {
            return false;
        }
        if (total < 0) {
            return percent <= later.percent && total == later.total;
        }
        // ninja finds out on the way that it has less to do, or more
        return current < later.current && Math.abs(total - later.total) <= Math.max(total, later.total) / 10;
    }

    /** @param elapsed milliseconds since the job started, or -1 */
    Progress toProgress(long elapsed) {
        Long done = current < 0 ? null : current;
        Long all = total < 0 ? null : total;
        Integer share = percent >= 0 ? Integer.valueOf(percent) : Progress.percent(done, all);
        double speed = rate >= 0 ? rate : all != null && current > 0 && elapsed > 0 && eta < 0 ? current * 1000.0 / elapsed : -1;
        return new Progress(done, all, share, phase, Text.shown(item), List.of(), 0, speed < 0 ? null : Double.valueOf(Pace.round(speed)),
                eta >= 0 ? Long.valueOf(eta) : Pace.left(done, all, share, elapsed), source);
    }
}
