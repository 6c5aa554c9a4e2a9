package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.JobId;
import bgjob.json.Chunks;
import bgjob.json.JobJson;
import bgjob.log.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Logs on standard output: one byte for byte, several line by line with the label in front. */
final class LogShow {
    /** From the first line on. */
    static final long ALL = -1;

    private static final long UNREAD = -1;
    private static final int[] COLOURS = {36, 33, 32, 35, 34, 31};

    private LogShow() {
    }

    /** The reader of standard output has gone; there is nothing left to do, and nothing to say. */
    private static final class NobodyReads extends IOException {
        private static final long serialVersionUID = 1;
    }

    static LogSink plain(Terminal terminal) {
        return (bytes, from, length) -> {
            terminal.write(bytes, from, length);
            if (terminal.closed()) {
                throw new NobodyReads();
            }
        };
    }

    /**
     * Shows the logs until all jobs have ended, then says on standard error how.
     *
     * @param lines how many of the last lines to begin with, or {@link #ALL}
     * @return whether all of them could be shown
     */
    static boolean follow(Jobs jobs, List<JobId> ids, Terminal terminal, long lines) {
        if (ids.size() == 1) {
            followFrom(jobs, ids.get(0), start(jobs, ids.get(0), lines), plain(terminal), terminal);
            return true;
        }
        int width = 0;
        for (JobId id : ids) {
            width = Math.max(width, id.label().length());
        }
        int padded = width;
        return atOnce(ids, terminal, (id, n) -> {
            String name = id.label() + " ".repeat(padded - id.label().length()) + " | ";
            Prefixed shown = new Prefixed(terminal, terminal.paint(COLOURS[n % COLOURS.length], name));
            followFrom(jobs, id, start(jobs, id, lines), shown, terminal);
            shown.finish();
        });
    }

    /** Prints one JSON object a line for what comes, and one for each job when it has ended. */
    static boolean followAsJson(Jobs jobs, List<JobId> ids, Terminal terminal, long lines) {
        JsonOutput json = new JsonOutput(terminal);
        return atOnce(ids, terminal, (id, n) -> {
            long from = start(jobs, id, lines);
            Chunks chunks = new Chunks(from, (start, next, text) -> json.line(JobJson.log(id, start, next, text)));
            if (toItsEnd(jobs, id, from, chunks, terminal) != UNREAD) {
                chunks.finish();
                json.line(JobJson.ended(id, jobs.inspect(id)));
            }
        });
    }

    /** One job's part in showing several. */
    private interface Part {
        void show(JobId id, int n);
    }

    private static boolean atOnce(List<JobId> ids, Terminal terminal, Part part) {
        AtomicBoolean failed = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            JobId id = ids.get(i);
            int n = i;
            Thread thread = new Thread(() -> {
                try {
                    part.show(id, n);
                } catch (BgjobException e) {
                    terminal.complain(e.getMessage());
                    failed.set(true);
                }
            }, "follow " + id);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !failed.get();
    }

    private static long start(Jobs jobs, JobId id, long lines) {
        return lines == ALL || jobs.log(id).size() == 0 ? 0 : jobs.log(id).startOfLast(lines);
    }

    /** Shows one log from a byte on until its job has ended; returns the byte behind the last one shown. */
    static long followFrom(Jobs jobs, JobId id, long from, LogSink sink, Terminal terminal) {
        long next = toItsEnd(jobs, id, from, sink, terminal);
        if (next == UNREAD) {
            return from;
        }
        terminal.complain(HumanOutput.ending(id, jobs.inspect(id)));
        return next;
    }

    /** Returns the byte behind the last one shown, or {@link #UNREAD} when nobody reads standard output any more. */
    private static long toItsEnd(Jobs jobs, JobId id, long from, LogSink sink, Terminal terminal) {
        try {
            return jobs.follow(id, from, sink);
        } catch (BgjobException e) {
            if (!terminal.closed()) {
                throw e;
            }
            return UNREAD;
        }
    }

    /** Whole lines, each with the label in front, so that lines of several jobs do not mix. */
    private static final class Prefixed implements LogSink {
        private final Terminal terminal;
        private final byte[] prefix;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Prefixed(Terminal terminal, String prefix) {
            this.terminal = terminal;
            this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void accept(byte[] bytes, int from, int length) throws IOException {
            for (int i = from; i < from + length; i++) {
                if (line.size() == 0) {
                    line.writeBytes(prefix);
                }
                line.write(bytes[i]);
                if (bytes[i] == '\n') {
                    flush();
                }
            }
            if (terminal.closed()) {
                throw new NobodyReads();
            }
        }

        void finish() {
            if (line.size() > 0) {
                line.write('\n');
                flush();
            }
        }

        private void flush() {
            terminal.write(line.toByteArray(), 0, line.size());
            line.reset();
        }
    }
}
