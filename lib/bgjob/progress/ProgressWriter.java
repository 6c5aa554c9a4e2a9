package bgjob.progress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the lines of docs/progress.md, each by one write to the end of the file, so that no reader sees half of one. Counts may come as
 * often as they like: the first is written at once, of those that come too soon behind it only the newest, a moment later. A thread of
 * its own sees to that until {@link #close}. Best effort: a full disk ends no job.
 */
public final class ProgressWriter implements AutoCloseable {
    private static final long LEAST_MILLIS = 250;
    private static final long MOST_MILLIS = 5000;
    /** A file of a week has no more than ten MiB: the longer a job runs, the rarer the lines. */
    private static final long PART = 1000;

    private final Path file;
    private final long begun = System.nanoTime();
    private final Thread writer;
    private String pending;
    private boolean closed;

    /** @param file what {@code $BGJOB_PROGRESS} names, or null for nowhere */
    public ProgressWriter(Path file) {
        this.file = file;
        this.writer = new Thread(this::write, "progress");
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * @param done how many are done
     * @param total of how many, or -1 when nobody knows
     * @param item what it is at, or null
     */
    public synchronized void count(long done, long total, String item) {
        pending = done + "/" + (total < 0 ? "?" : Long.toString(total)) + (item == null ? "" : " " + oneLine(item));
        notifyAll();
    }

    /** Says that another part of the work begins, such as {@code 2/4 build}. */
    public synchronized void phase(String name) {
        flush();
        append("phase " + oneLine(name));
    }

    /** Says that one more item failed; each is written at once. */
    public synchronized void failed(String name) {
        flush();
        append("failed " + oneLine(name));
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').replace('\r', ' ');
    }

    private void flush() {
        if (pending != null) {
            append(pending);
            pending = null;
        }
    }

    private void append(String line) {
        if (file == null) {
            return;
        }
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // how far a job is matters less than the job
        }
    }

    private synchronized void write() {
        try {
            while (!closed) {
                if (pending == null) {
                    wait();
                    continue;
                }
                flush();
                long end = System.nanoTime() + pause() * 1_000_000;
                for (long left = pause(); left > 0 && !closed; left = (end - System.nanoTime()) / 1_000_000) {
                    wait(left);
                }
            }
        } catch (InterruptedException e) {
            // nobody but the end of the program does that
        }
    }

    private long pause() {
        long ran = (System.nanoTime() - begun) / 1_000_000;
        return Math.min(MOST_MILLIS, Math.max(LEAST_MILLIS, ran / PART));
    }

    /** Writes what was held back, and ends the thread. */
    @Override
    public void close() {
        synchronized (this) {
            flush();
            closed = true;
            notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
