package bgjob.cli;

import bgjob.job.JobId;
import bgjob.log.Gap;
import bgjob.log.LogSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Output as JSON text: a character of several bytes that a read has cut in two is held back until the rest has come. */
final class JsonChunks implements LogSink {
    private static final int LONGEST_CHARACTER = 4;

    private final JsonOutput json;
    private final JobId id;
    private byte[] held = new byte[0];
    private long next;

    JsonChunks(JsonOutput json, JobId id, long from) {
        this.json = json;
        this.id = id;
        this.next = from;
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, from, all, held.length, length);
        int whole = all.length - unfinished(all);
        held = Arrays.copyOfRange(all, whole, all.length);
        print(all, whole);
    }

    @Override
    public void skip(Gap gap) throws IOException {
        finish();
        json.chunk(id, gap.from(), gap.to(), new String(gap.line(), StandardCharsets.UTF_8));
        next = gap.to();
    }

    /** Prints what was held back: no more of it will come. */
    void finish() {
        print(held, held.length);
        held = new byte[0];
    }

    private void print(byte[] bytes, int length) {
        if (length > 0) {
            json.chunk(id, next, next + length, new String(bytes, 0, length, StandardCharsets.UTF_8));
            next += length;
        }
    }

    /** How many bytes at the end begin a character that needs more of them (RFC 3629). */
    private static int unfinished(byte[] bytes) {
        for (int back = 1; back < LONGEST_CHARACTER && back <= bytes.length; back++) {
            int b = bytes[bytes.length - back] & 0xff;
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
