package bgjob.progress;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads what a job wrote to {@code $BGJOB_PROGRESS} (docs/progress.md), in one pass and in constant memory. */
final class ProgressFile {
    /** Bytes that are read at most, from the end. */
    static final int MOST = 1 << 24;
    /** Names of failed items that are kept. */
    static final int MOST_NAMES = 100;
    /** Bytes of a line that are looked at. */
    private static final int LINE = 1 << 10;
    private static final int BLOCK = 1 << 16;

    private final byte[] line = new byte[LINE];
    private int length;
    private boolean finished;
    private final Deque<String> failed = new ArrayDeque<>();
    private long failures;
    private String step;
    private String phase;
    /** What the lines with a plus add, and the count that they add to. */
    private long further;
    private long base;
    private boolean laterPhase;
    private final boolean goesOn;
    private String firstStep;

    private ProgressFile(boolean goesOn) {
        this.goesOn = goesOn;
    }

    /**
     * @param elapsed milliseconds since the job started, or until it ended; or -1
     * @param goesOn whether the job goes on with what another one began: what its first count has was not done in that time
     * @return what the file says, or null when there is none or it says nothing
     */
    static Progress read(String path, long elapsed, boolean goesOn) {
        if (new File(path).length() == 0) {
            return null;
        }
        ProgressFile reader = new ProgressFile(goesOn);
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            reader.lines(file);
        } catch (IOException e) {
            return null;
        }
        return reader.progress(elapsed);
    }

    private void lines(RandomAccessFile file) throws IOException {
        long size = file.length();
        boolean begun = size > MOST;
        file.seek(begun ? size - MOST : 0);
        byte[] block = new byte[(int) Math.min(size, BLOCK)];
        long left = Math.min(size, MOST);
        while (left > 0) {
            int n = file.read(block, 0, (int) Math.min(block.length, left));
            if (n < 0) {
                break;
            }
            left -= n;
            for (int i = 0; i < n; i++) {
                byte b = block[i];
                if (b == '\n' || b == '\r') {
                    if (!begun && length > 0) {
                        line();
                    }
                    finished |= length > 0;
                    begun = false;
                    length = 0;
                } else if (b != 0 && length < LINE) { // a file cut while it is written to has a hole of NULs
                    line[length++] = b;
                }
            }
        }
        if (!finished && !begun && length > 0) {
            line(); // the only line, perhaps by printf without a newline; else it is half written
        }
    }

    private void line() {
        int at = 0;
        while (at < length && line[at] == ' ') {
            at++;
        }
        byte kind = at < length ? line[at] : 0;
        if (kind != 'f' && kind != 'p' && kind != '+' && (kind < '0' || kind > '9')) {
            return;
        }
        String text = new String(line, at, length - at, StandardCharsets.ISO_8859_1);
        if (text.startsWith("failed ")) {
            String name = text.substring(7).strip();
            if (!name.isEmpty()) {
                failures++;
                failed.addLast(name);
                if (failed.size() > MOST_NAMES) {
                    failed.removeFirst();
                }
            }
        } else if (text.startsWith("phase ")) {
            phase = text.substring(6).strip();
            Text nth = new Text(phase);
            long n = nth.number();
            laterPhase = step != null || n > 1 && nth.skip("/") || laterPhase;
            step = null;
            further = 0;
            base = 0;
        } else if (kind == '+') {
            more(text);
        } else if (count(text) != null) {
            step = text;
            further = 0;
            base = 0;
            firstStep = firstStep == null ? text : firstStep;
        }
    }

    /** {@code +1/245 item}: so many more are done, wherever the count stands; lines of several processes add up. */
    private void more(String line) {
        Text text = new Text(line).from(1);
        long n = text.number();
        String rest = n > 0 && text.next() == '/' ? "0" + text.rest() : "";
        if (count(rest) == null) {
            return;
        }
        if (further == 0 && step != null) {
            base = Math.max(0, count(step).current);
        }
        further += n;
        step = rest;
    }

    /** {@code 154/245 item}, {@code 154/? item}, {@code 63% item}, {@code 63.5%}; null for anything else. */
    private static Found count(String line) {
        Text text = new Text(line);
        double n = text.decimal();
        Found found = new Found(Source.PROTOCOL, true);
        if (n >= 0 && text.skip("%")) {
            found.percent((int) Math.min(n + 0.5, n < 100 ? 99 : 101));
        } else if (n >= 0 && n == Math.rint(n) && text.skip("/")) {
            found.current = (long) n;
            found.total = text.skip("?") ? -1 : text.number();
            if (found.total < 0 && line.charAt(text.at() - 1) != '?') {
                return null;
            }
        } else {
            return null;
        }
        boolean sane = found.percent <= 100 && (found.total < 0 || found.total > 0 && found.current <= found.total);
        return sane && (text.end() || text.blanks() > 0) ? found.item(text.end() ? null : text.rest()) : null;
    }

    private Progress progress(long elapsed) {
        if (step == null && phase == null && failures == 0) {
            return null;
        }
        Found found = step == null ? new Found(Source.PROTOCOL, true) : count(step);
        if (further > 0) {
            found.current = found.total > 0 ? Math.min(found.total, base + further) : base + further;
            found.percent = -1;
        }
        // nothing says when a later phase began, so there is nothing to divide by
        long since = laterPhase ? -1 : elapsed;
        Progress said = found.toProgress(since);
        List<String> names = new ArrayList<>();
        for (String name : failed) {
            names.add(Text.shown(name));
        }
        long before = goesOn && firstStep != null ? Math.max(0, count(firstStep).current) : 0;
        long done = said.current() == null ? 0 : said.current() - before;
        Double rate = done > 0 && since > 0 ? Double.valueOf(Pace.round(done * 1000.0 / since)) : null;
        Long left = said.etaSeconds();
        if (before > 0 && said.total() != null) {
            left = Pace.left(done, said.total() - before, null, since);
        }
        return new Progress(said.current(), said.total(), said.percent(), Text.shown(phase), said.item(), names, failures, rate,
                laterPhase && found.complete() ? null : left, Source.PROTOCOL);
    }
}
