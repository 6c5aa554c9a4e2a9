package bgjob.web;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.job.Kind;
import bgjob.json.Chunks;
import bgjob.log.LogFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Part of a log as text.
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
    static LogPart read(Jobs jobs, JobId id, long from, int limit, boolean over) {
        LogFile log = jobs.log(id);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        long start = Math.min(from, log.size());
        long end;
        try {
            end = log.copy(start, start + limit, read::write);
        } catch (BgjobException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return new LogPart(0, 0, 0, ""); // removed, or not there yet
            }
            throw e;
        }
        byte[] bytes = read.toByteArray();
        long size = Math.max(end, log.size());
        int cut = over && end == size ? 0 : Chunks.unfinished(bytes, bytes.length);
        int length = bytes.length - (cut == bytes.length && bytes.length == limit ? 0 : cut);
        return new LogPart(start, start + length, size, new String(bytes, 0, length, StandardCharsets.UTF_8));
    }

    /**
     * @param to the byte behind the last one
     * @return what stands before that byte, from the beginning of a line on where one begins in so many bytes
     */
    static LogPart before(Jobs jobs, JobId id, long to, int limit) {
        LogFile log = jobs.log(id);
        long end = Math.min(to, log.size());
        byte[] bytes = bytes(log, Math.max(0, end - limit), end);
        int skipped = end > limit ? lineFrom(bytes, 0) : 0;
        return of(log, end - bytes.length, bytes, skipped);
    }

    /** @return the last lines, as many of them as fit */
    static LogPart tail(Jobs jobs, JobId id, long lines, int limit) {
        LogFile log = jobs.log(id);
        long end = log.size();
        byte[] bytes = bytes(log, Math.max(0, end - limit), end);
        int from = bytes.length;
        long missing = lines;
        // a newline at the very end finishes the last line and begins none
        for (from = bytes.length; from > 0 && missing > 0; from--) {
            if (bytes[from - 1] == '\n' && from != bytes.length && --missing == 0) {
                break;
            }
        }
        return of(log, end - bytes.length, bytes, from == 0 && end > limit ? lineFrom(bytes, 0) : from);
    }

    private static byte[] bytes(LogFile log, long from, long to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (to > from) {
            log.copy(from, to, bytes::write);
        }
        return bytes.toByteArray();
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
