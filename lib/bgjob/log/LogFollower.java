package bgjob.log;

import bgjob.job.BgjobException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.RandomAccessFileMode;
import org.apache.commons.io.input.Tailer;
import org.apache.commons.io.input.TailerListenerAdapter;

/**
 * Shows a growing log byte for byte, by Commons IO's Tailer. The Tailer by itself deals in decoded lines: it holds a partial
 * line back, drops carriage returns, reads a long line again at every look, and starts anew when a file is touched. So what it
 * tails here is a view of the log in which each read's worth of bytes is one empty line; the bytes go straight to the sink.
 */
public final class LogFollower {
    private static final Duration STEP = Duration.ofMillis(15);
    /** How often it is asked whether the job has ended, in steps: often enough to return promptly, rarely enough to cost little. */
    private static final int STEPS_A_CHECK = 6;
    private static final int CHUNK = 1 << 16;

    private final File log;
    private final Gap.Source gaps;
    private final LogSink sink;
    private long shown;
    private Exception failure;

    /**
     * @param log the log's path; it need not exist yet
     * @param gaps tells what is dropped of it
     * @param from the first byte to show
     */
    public LogFollower(String log, Gap.Source gaps, long from, LogSink sink) {
        this.log = new File(log);
        this.gaps = gaps;
        this.sink = sink;
        this.shown = from;
    }

    /**
     * Shows what is there and what comes, in the calling thread.
     *
     * @param over says whether no more output will come; what is there by then is still shown
     * @return the byte behind the last one shown
     * @throws BgjobException when the log cannot be read, the sink cannot write or the thread is interrupted, with that for its cause; any
     *     other exception of the sink, or of {@code over}, comes out as it is
     */
    public long run(BooleanSupplier over) {
        View view = new View(over);
        Tailer tailer = Tailer.builder().setTailable(view).setTailerListener(view.watcher).setDelayDuration(STEP)
                .setStartThread(false).get();
        view.tailer = tailer;
        tailer.run();
        if (failure instanceof RuntimeException theirs) {
            throw theirs;
        }
        if (failure != null) {
            throw (BgjobException) BgjobException.failed("cannot show " + log + ": " + failure.getMessage()).initCause(failure);
        }
        return shown;
    }

    /** The log as the Tailer sees it: as long as the chunks shown, and one byte longer while there is more to show. */
    private final class View implements Tailer.Tailable, Tailer.RandomAccessResourceBridge {
        private final BooleanSupplier over;
        private final byte[] chunk = new byte[CHUNK];
        private RandomAccessFile file;
        private long chunks;
        private int looks;
        private boolean ending;
        private Tailer tailer;

        private final TailerListenerAdapter watcher = new TailerListenerAdapter() {
            @Override
            public void fileNotFound() {
                if (log.exists() && !(log.isFile() && log.canRead())) {
                    failure = new IOException("it is there but cannot be opened");
                    tailer.close();
                }
                look(false);
            }

            @Override
            public void handle(Exception e) {
                failure = e;
            }
        };

        View(BooleanSupplier over) {
            this.over = over;
        }

        /** Ends the Tailer at the first look after the job's ending that finds nothing more to show. */
        private void look(boolean more) {
            if (ending && !more) {
                tailer.close();
            } else if (!ending && looks++ % STEPS_A_CHECK == 0) {
                ending = over.getAsBoolean();
            }
        }

        @Override
        public Tailer.RandomAccessResourceBridge getRandomAccess(String mode) throws FileNotFoundException {
            if (!log.isFile()) { // to open a pipe would be to wait
                throw new FileNotFoundException(log.toString());
            }
            file = new RandomAccessFile(log, "r");
            shown = Math.min(shown, log.length());
            return this;
        }

        @Override
        public boolean isNewer(FileTime time) {
            return false;
        }

        @Override
        public FileTime lastModifiedFileTime() {
            return FileTime.fromMillis(0);
        }

        @Override
        public long size() throws IOException {
            long length = file.length();
            if (length < shown) {
                shown = 0; // somebody emptied it: what it holds now is new
            }
            look(length > shown);
            return length > shown ? chunks + 1 : chunks;
        }

        @Override
        public int read(byte[] line) throws IOException {
            file.seek(shown);
            int n = file.read(chunk);
            if (n <= 0) {
                return -1;
            }
            shown = Gap.pass(gaps, shown, chunk, n, sink);
            chunks++;
            line[0] = '\n';
            return 1;
        }

        @Override
        public long getPointer() {
            return chunks;
        }

        @Override
        public void seek(long position) {
            // the place to go on is always behind what is shown
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
