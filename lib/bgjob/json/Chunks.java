package bgjob.json;

import bgjob.log.Gap;
import bgjob.log.LogSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Output as text: a character of several bytes that a read has cut in two is held back until the rest has come. */
public final class Chunks implements LogSink {
    private static final int LONGEST_CHARACTER = 4;

    private final Taker taker;
    private byte[] held = new byte[0];
    private long next;

    /** Takes what has come. */
    public interface Taker {
        /**
         * @param from the first byte of the text in the log
         * @param next the byte behind its last one
         */
        void take(long from, long next, String text);
    }

    /** @param from the byte of the log that comes first */
    public Chunks(long from, Taker taker) {
        this.next = from;
        this.taker = taker;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, from, all, held.length, length);
        int whole = all.length - unfinished(all, all.length);
        held = Arrays.copyOfRange(all, whole, all.length);
        hand(all, whole);
    }

    @Override
    public void skip(Gap gap) throws IOException {
        finish();
        taker.take(gap.from(), gap.to(), new String(gap.line(), StandardCharsets.UTF_8));
        next = gap.to();
    }

    /** Hands on what was held back: no more of it will come. */
    public void finish() {
        hand(held, held.length);
        held = new byte[0];
    }

    private void hand(byte[] bytes, int length) {
        if (length > 0) {
            taker.take(next, next + length, new String(bytes, 0, length, StandardCharsets.UTF_8));
            next += length;
        }
    }

    /** @return how many of so many bytes, at their end, begin a character that needs more of them (RFC 3629) */
    public static int unfinished(byte[] bytes, int length) {
        for (int back = 1; back < LONGEST_CHARACTER && back <= length; back++) {
            int b = bytes[length - back] & 0xff;
            if (b >= 0xc0) {
                int needed = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
                return needed > back ? back : 0;
            }
            if (b < 0x80) {
                return 0;
            }
        }
        return 0;
    }
}
