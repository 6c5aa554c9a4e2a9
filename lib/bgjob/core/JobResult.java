package bgjob.core;

import bgjob.job.Job;
import bgjob.store.ResultFile;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a job ended and what it left.
 *
 * @param job the job
 * @param stop who asked bgjob to stop it, or null
 * @param left what it wrote as its result, or null
 * @param lastLines the last lines of its log, or none where they were not asked for
 * @param items how each item of a batch stands; empty when it is none
 */
public record JobResult(Job job, Stop stop, Result left, List<String> lastLines,
        List<ItemResult> items) {
    /** Takes copies: what was answered never changes. */
    public JobResult {
        lastLines = List.copyOf(lastLines);
        items = List.copyOf(items);
    }

    /** More of a result than this is not read. */
    public static final int MOST_BYTES = 1 << 20;

    /**
     * Who asked bgjob to stop a job; each null where it is not recorded.
     *
     * @param by who
     * @param at when, milliseconds since 1970 UTC
     * @param reason why
     * @param signal the first signal sent
     */
    public record Stop(String by, Long at, String reason, String signal) {
    }

    /**
     * What a job wrote as its result.
     *
     * @param path the file
     * @param size its length in bytes
     * @param bytes its beginning, at most {@link #MOST_BYTES}
     */
    public record Result(String path, long size, byte[] bytes) {
        /** @return a copy of its beginning */
        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        /** @return its beginning as text in UTF-8 */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        static Result of(ResultFile file) {
            return file == null ? null : new Result(file.path(), file.size(), file.bytes());
        }
    }
}
