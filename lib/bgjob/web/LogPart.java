package bgjob.web;

import bgjob.job.BgjobException;
import bgjob.job.Kind;
import bgjob.json.Chunks;
import bgjob.log.Gap;
import bgjob.log.LogFile;
import bgjob.log.LogSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Part of a log as text, of one piece: where the middle of a log was dropped, a part ends there, and the line that stands for the gap is
 * a part of its own. So the bytes of a part are counted from its first one, wherever that is.
 *
 * @param from its first byte
 * @param next the byte behind its last one
 * @param size the log's length in bytes
 * @param text the part; bytes that are no UTF-8 are replaced
 */
record LogPart(long from, long next, long size, String text) {
    /** More of a log is not handed out at once. */
    static final int MOST = 1 << 20;

    /**
     * @param from the first byte
     * @param limit how many bytes at most
     * @param over whether the log grows no more, so that a cut character at its end stays one
     */
    static LogPart read(LogFile log, long from, int limit, boolean over) {
        long start = Math.min(from, log.size());
        Piece read = new Piece(start, false);
        long end;
        try {
            end = log.copy(start, start + limit, read);
        } catch (BgjobException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return new LogPart(0, 0, 0, ""); // removed, or not there yet
            }
            throw e;
        }
        byte[] bytes = read.bytes.toByteArray();
        long size = Math.max(end, log.size());
        if (read.gap != null) {
            return bytes.length == 0 ? dropped(read.gap, start, read.gap.to(), size)
                    : new LogPart(start, start + bytes.length, size, new String(bytes, StandardCharsets.UTF_8));
        }
        int cut = over && end == size ? 0 : Chunks.unfinished(bytes, bytes.length);
        int length = bytes.length - (cut == bytes.length && bytes.length == limit ? 0 : cut);
        return new LogPart(start, start + length, size, new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /**
     * @param to the byte behind the last one
     * @return what stands before that byte, from the beginning of a line on where one begins in so many bytes
     */
    static LogPart before(LogFile log, long to, int limit) {
        long end = Math.min(to, log.size());
        Piece read = piece(log, Math.max(0, end - limit), end);
        byte[] bytes = read.bytes.toByteArray();
        if (bytes.length == 0 && read.gap != null) {
            return dropped(read.gap, read.gap.from(), end, log.size());
        }
        return of(log, read.start, bytes, end > limit && read.gap == null ? lineFrom(bytes, 0) : 0);
    }

    /** @return the last lines, as many of them as fit, and none that stand before what was dropped */
    static LogPart tail(LogFile log, long lines, int limit) {
        long end = log.size();
        Piece read = piece(log, Math.max(0, end - limit), end);
        byte[] bytes = read.bytes.toByteArray();
        int from = bytes.length;
        long missing = lines;
        // a newline at the very end finishes the last line and begins none
        for (from = bytes.length; from > 0 && missing > 0; from--) {
            if (bytes[from - 1] == '\n' && from != bytes.length && --missing == 0) {
                break;
            }
        }
        return of(log, read.start, bytes, from == 0 && end > limit && read.gap == null ? lineFrom(bytes, 0) : from);
    }

    /** A gap may have grown since it was read up to; its line then stands for the rest of it. */
    private static LogPart dropped(Gap gap, long from, long next, long size) {
        return new LogPart(from, next, size, new String(gap.line(), StandardCharsets.UTF_8));
    }

    private static Piece piece(LogFile log, long from, long to) {
        Piece piece = new Piece(from, true);
        if (to > from) {
            log.copy(from, to, piece);
        }
        return piece;
    }

    /** Takes the bytes on one side of a gap: those before it, or those behind it. */
    private static final class Piece implements LogSink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final boolean behind;
        private long start;
        private Gap gap;

        Piece(long start, boolean behind) {
            this.start = start;
            this.behind = behind;
        }

        @Override
        public void accept(byte[] block, int from, int length) {
            if (behind || gap == null) {
                bytes.write(block, from, length);
            }
        }

        @Override
        public void skip(Gap found) {
            gap = found;
            if (behind) {
                bytes.reset();
                start = found.to();
            }
        }
    }

    /** @return where the next line begins, or {@code from} where none does */
    private static int lineFrom(byte[] bytes, int from) {
        for (int i = from; i < bytes.length - 1; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return from;
    }

    private static LogPart of(LogFile log, long at, byte[] bytes, int from) {
        int to = bytes.length - Chunks.unfinished(bytes, bytes.length);
        int end = Math.max(from, to);
        return new LogPart(at + from, at + end, Math.max(at + bytes.length, log.size()), new String(bytes, from, end - from, StandardCharsets.UTF_8));
    }
}
