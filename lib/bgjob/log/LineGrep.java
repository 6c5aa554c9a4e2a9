package bgjob.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Lets only those lines through that hold a match. A line longer than {@link #LONGEST} is judged in pieces of that length. */
public final class LineGrep implements LogSink {
    /** Bytes of a line that are looked at together. */
    public static final int LONGEST = 1 << 20;

    private final Pattern pattern;
    private final LogSink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long matches;

    public LineGrep(Pattern pattern, LogSink sink) {
        this.pattern = pattern;
        this.sink = sink;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            line.write(bytes[i]);
            if (bytes[i] == '\n' || line.size() == LONGEST) {
                judge();
            }
        }
    }

    /** Judges an unfinished last line. */
    public void finish() throws IOException {
        if (line.size() > 0) {
            judge();
        }
    }

    /** @return how many lines were let through */
    public long matches() {
        return matches;
    }

    private void judge() throws IOException {
        byte[] bytes = line.toByteArray();
        line.reset();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (pattern.matcher(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).find()) {
            matches++;
            sink.accept(bytes, 0, bytes.length);
        }
    }
}
