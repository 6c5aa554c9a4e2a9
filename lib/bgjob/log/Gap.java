package bgjob.log;

import bgjob.job.Facts;
import bgjob.job.Sizes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The part of a log that was dropped, since the log was longer than it may be. It reads as zeros behind a marker.
 *
 * @param from its first byte
 * @param to the byte behind its last one
 */
public record Gap(long from, long to) {
    /** Tells what is dropped of a log by now. */
    @FunctionalInterface
    public interface Source {
        /** For a file of which nothing is ever dropped. */
        Source NONE = () -> null;

        /** @return the part, or null when there is none */
        Gap now();
    }

    /** @return what the facts tell, or null */
    public static Gap of(Facts facts) {
        return read(facts.last("log_dropped"));
    }

    /**
     * Of a batch's item: the longest, since two processes may look after an item that ends, and the one note after the other.
     *
     * @return what the facts tell, or null
     */
    public static Gap of(Facts facts, int item) {
        String start = item + " ";
        Gap longest = null;
        for (int i = 0; i < facts.size(); i++) {
            if (facts.key(i).equals("item_log_dropped") && facts.value(i).startsWith(start)) {
                Gap gap = read(facts.value(i).substring(start.length()));
                longest = gap == null || longest == null || gap.to > longest.to ? gap : longest;
            }
        }
        return longest;
    }

    private static Gap read(String text) {
        int dash = text == null ? -1 : text.indexOf('-');
        long from = dash < 0 ? -1 : Facts.parse(text.substring(0, dash));
        long to = dash < 0 ? -1 : Facts.parse(text.substring(dash + 1));
        return from >= 0 && to > from ? new Gap(from, to) : null;
    }

    /** @return how many bytes were dropped */
    public long length() {
        return to - from;
    }

    /** @return the line that stands for it */
    public byte[] line() {
        return ("\n… " + Sizes.format(length()) + " dropped (--max-log) …\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Hands on bytes that were read at {@code at}, but none of a gap. It is asked for after they were read, and only where they hold a
     * zero: a gap is noted before it is made.
     *
     * @return where to read on
     */
    static long pass(Source source, long at, byte[] bytes, int length, LogSink sink) throws IOException {
        Gap gap = zero(bytes, length) ? source.now() : null;
        if (gap == null || at >= gap.to || at + length <= gap.from) {
            sink.accept(bytes, 0, length);
            return at + length;
        }
        if (at < gap.from) {
            sink.accept(bytes, 0, (int) (gap.from - at));
        }
        sink.skip(gap);
        return gap.to;
    }

    private static boolean zero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
