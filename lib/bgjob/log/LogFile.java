package bgjob.log;

import bgjob.job.BgjobException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

/** A log as it is now: parts of it, in constant memory and in time that depends on the part alone. */
public final class LogFile {
    private static final int BLOCK = 1 << 16;

    private final String path;
    private final Gap.Source gaps;

    /** A file of which nothing is dropped. */
    public LogFile(String path) {
        this(path, Gap.Source.NONE);
    }

    /** @param gaps tells what is dropped of it */
    public LogFile(String path, Gap.Source gaps) {
        this.path = path;
        this.gaps = gaps;
    }

    /** @return its length in bytes; 0 when there is none */
    public long size() {
        return new File(path).length();
    }

    /**
     * @param lines how many lines, at least 0; an unfinished last line counts as one
     * @return the byte where the last {@code lines} lines begin
     * @throws BgjobException when it cannot be read
     */
    public long startOfLast(long lines) {
        try (RandomAccessFile file = open()) {
            long end = file.length();
            long missing = lines;
            if (missing == 0 || end == 0) {
                return end;
            }
            byte[] block = new byte[BLOCK];
            Gap gap = gaps.now();
            long at = end;
            while (at > 0) {
                if (gap != null && at > gap.from() && at <= gap.to()) {
                    at = gap.from();
                }
                int n = (int) Math.min(BLOCK, gap != null && at > gap.to() ? at - gap.to() : at);
                at -= n;
                file.seek(at);
                file.readFully(block, 0, n);
                for (int i = n - 1; i >= 0; i--) {
                    // the newline at the very end finishes the last line and begins none
                    if (block[i] == '\n' && at + i != end - 1 && --missing == 0) {
                        return at + i + 1;
                    }
                }
            }
            return 0;
        } catch (FileNotFoundException e) {
            throw missing(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Hands on what stands from one byte to another.
     *
     * @param from the first byte
     * @param to the byte behind the last one; less is handed on when the log is shorter
     * @return the byte behind the last one handed on
     * @throws BgjobException when it cannot be read or the sink does not take it
     */
    public long copy(long from, long to, LogSink sink) {
        try (RandomAccessFile file = open()) {
            byte[] block = new byte[BLOCK];
            long at = Math.min(from, file.length());
            file.seek(at);
            while (at < to) {
                int n = file.read(block, 0, (int) Math.min(BLOCK, to - at));
                if (n <= 0) {
                    break;
                }
                long next = Gap.pass(gaps, at, block, n, sink);
                if (next != at + n) {
                    file.seek(next);
                }
                at = next;
            }
            return at;
        } catch (FileNotFoundException e) {
            throw missing(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private RandomAccessFile open() throws IOException {
        File log = new File(path);
        if (!log.isFile() && log.exists()) { // to open a pipe would be to wait
            throw new IOException("not a regular file");
        }
        return new RandomAccessFile(log, "r");
    }

    private BgjobException missing(FileNotFoundException e) {
        return new File(path).exists() ? unreadable(e) : BgjobException.notFound("the log " + path + " is gone; it was removed or never written");
    }

    private BgjobException unreadable(IOException e) {
        return BgjobException.failed("cannot read " + path + ": " + e.getMessage());
    }
}
