package bgjob.progress;

import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;

/** Reads progress from the end of a log. The newest line that says something decides; a finished bar with more output below it is over. */
final class LogProgress {
    /** Bytes of the log's end that are looked at. */
    static final int TAIL = 1 << 16;
    /** Lines from the end that are looked at: what stands further up says nothing about now. */
    private static final int MOST_LINES = 200;

    private final TailLines lines;
    private Found unsure;
    private Found rsync;
    private boolean below;
    private boolean belowUnsure;
    private boolean oscOver;

    private LogProgress(TailLines lines) {
        this.lines = lines;
    }

    /**
     * @param elapsed milliseconds since the job started, or -1
     * @return what the log says, or null when it says nothing or cannot be read
     */
    static Progress read(String path, long elapsed) {
        if (!new File(path).isFile()) { // to open a pipe would be to wait
            return null;
        }
        try (RandomAccessFile file = new RandomAccessFile(path, "r")) {
            long length = file.length();
            int n = (int) Math.min(length, TAIL);
            byte[] bytes = new byte[n];
            file.seek(length - n);
            int read = 0;
            while (read < n) {
                int more = file.read(bytes, read, n - read);
                if (more < 0) {
                    break;
                }
                read += more;
            }
            return of(bytes, read, length > n, elapsed);
        } catch (IOException e) {
            return null;
        }
    }

    static Progress of(byte[] bytes, int length, boolean cut, long elapsed) {
        Found found = new LogProgress(new TailLines(bytes, length, cut)).newest();
        return found == null ? null : found.toProgress(elapsed);
    }

    private Found newest() {
        for (int n = 0; n < MOST_LINES; n++) {
            String line = lines.above();
            if (line == null || Counters.over(line)) {
                return null;
            }
            Found found = look(line);
            if (found != null) {
                return found.complete() && (found == unsure ? belowUnsure : below) ? null : found;
            }
            below |= line.charAt(0) != 0x1b;
        }
        return null;
    }

    /** What is said by this line, or by one below it that this line makes sure of. */
    private Found look(String line) {
        if (rsync != null) {
            Found decides = rsync;
            if (!Transfers.tellsRsyncsMode(line)) {
                return null;
            }
            rsync = null;
            Found mode = Transfers.rsync(line);
            below = false;
            return mode.total > 0 ? mode : decides;
        }
        Found found = match(line);
        if (found == null || !found.sane()) {
            return null;
        }
        if (found.source == Source.RSYNC && found.total < 0 && found.eta >= 0 && !Transfers.tellsRsyncsMode(line)) {
            rsync = found; // of all files or of this one? A line further up tells
            return null;
        }
        if (found.sure) {
            return found;
        }
        if (unsure != null && found.leadsTo(unsure)) {
            return unsure;
        }
        if (unsure == null) {
            unsure = found;
            belowUnsure = below;
        }
        return null;
    }

    private Found match(String line) {
        char first = line.charAt(0);
        if (first == 0x1b) {
            return osc(line);
        }
        boolean whole = lines.whole(); // these write line by line, so that the rest of an unfinished one is still to come
        Found found = whole && first == '[' ? Counters.ninja(line) : null;
        found = whole && found == null && first == '[' ? Counters.cmake(line) : found;
        found = whole && found == null && first == ' ' ? Counters.cargo(line) : found;
        found = whole && found == null ? Transfers.wgetDots(line) : found;
        found = found == null && first == '[' ? Counters.maven(line) : found;
        found = found == null ? Counters.pytest(line) : found;
        found = found == null && first == '<' ? Counters.gradle(line) : found;
        found = found == null ? Transfers.tqdm(line) : found;
        found = found == null && first == ' ' ? Transfers.rsync(line) : found;
        found = found == null ? Transfers.curl(line) : found;
        return found == null ? Transfers.wgetBar(line) : found;
    }

    /** {@code ESC ] 9 ; 4 ; STATE ; PERCENT}: state 1 is normal, 2 an error, 4 a warning; 0 takes the bar away, 3 knows no share. */
    private Found osc(String line) {
        Text text = new Text(line).from(1);
        if (oscOver || !text.skip("9;4;")) {
            return null;
        }
        long state = text.number();
        long percent = text.skip(";") ? text.number() : -1;
        if (state != 1 && state != 2 && state != 4 || percent < 0 || percent > 100) {
            oscOver = true;
            return null;
        }
        return new Found(Source.OSC, true).percent(percent);
    }
}
