package bgjob;

import bgjob.job.Batch;
import bgjob.job.BatchItem;
import bgjob.job.BgjobException;
import bgjob.job.JobSpec;
import bgjob.log.LogFile;
import bgjob.log.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Between a program's strings and the bytes of commands and logs. */
final class Words {
    private static final int MOST = 1 << 20;

    private Words() {
    }

    /** A Java string may hold what no argument of a program can. */
    static void check(JobSpec spec) {
        check("the command", spec.command());
        check("the environment", spec.environment());
        check("the working directory", List.of(spec.cwd()));
        check("the options", spec.target().options());
        check("the text to run on exit", spec.limits().onExit() == null ? List.of() : List.of(spec.limits().onExit()));
    }

    /** @return what makes a batch of a spec, whose command has a place for the item */
    static Batch batch(int slots, List<String> items) {
        if (slots < 1 || slots > Batch.MOST_SLOTS) {
            throw BgjobException.usage("'" + slots + "' is no number of slots; from 1 to " + Batch.MOST_SLOTS + " is needed");
        }
        if (items.isEmpty()) {
            throw BgjobException.usage("there are no items, so there is nothing to run");
        }
        check("the items", items);
        List<BatchItem> all = new ArrayList<>(items.size());
        for (String item : items) {
            all.add(BatchItem.of(all.size() + 1, item));
        }
        return new Batch(slots, all);
    }

    /** @return the same, with the item as the last word where the command has no place for it, nor for its number */
    static JobSpec placed(JobSpec spec) {
        return spec.command().isEmpty() || Batch.placed(spec.command()) ? spec : spec.with(Batch.ITEM);
    }

    private static void check(String where, Iterable<String> words) {
        int n = 0;
        for (String word : words) {
            n++;
            if (word.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(word)) {
                throw BgjobException.usage("word " + n + " of " + where + " holds a NUL or half a character, which no program can be given");
            }
        }
    }

    static LogPart tail(LogFile log, int lines) {
        return part(log, Math.max(log.startOfLast(lines), log.size() - MOST));
    }

    /** What would be missed only later, or never. */
    static void given(String what, Object value) {
        if (value == null) {
            throw BgjobException.usage("'null' is no " + what + "; one is needed");
        }
    }

    /** A place before the beginning is refused. */
    static void place(long from) {
        if (from < 0) {
            throw BgjobException.usage(from + " is no place in a log; a number from 0 up is needed");
        }
    }

    /** What stands from there on. */
    static LogPart logs(LogFile log, long from) {
        place(from);
        return part(log, from);
    }

    /** What stands from there on, up to the last whole character. */
    static LogPart part(LogFile log, long from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long begin = Math.min(from, log.size());
        log.copy(begin, begin + MOST, bytes::write);
        ByteBuffer in = ByteBuffer.wrap(bytes.toByteArray());
        CharBuffer out = CharBuffer.allocate(in.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        decoder.decode(in, out, false);
        return new LogPart(begin, begin + in.position(), out.flip().toString());
    }

    /** Hands on whole lines without their newline; what is longer than a MiB, in parts. */
    static final class Lines implements LogSink {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final Consumer<String> taker;
        private boolean cut;

        Lines(Consumer<String> taker) {
            this.taker = taker;
        }

        @Override
        public void accept(byte[] bytes, int from, int length) {
            for (int i = from; i < from + length; i++) {
                if (bytes[i] == '\n') {
                    if (line.size() > 0 || !cut) {
                        handOn();
                    }
                    cut = false;
                } else {
                    line.write(bytes[i]);
                    if (line.size() == MOST) {
                        handOn();
                        cut = true;
                    }
                }
            }
        }

        /** Hands on a last line that has no newline. */
        void finish() {
            if (line.size() > 0) {
                handOn();
            }
        }

        private void handOn() {
            taker.accept(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }
}
