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

    public LogFile(String path) {
        this.path = path;
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
            long at = end;
            while (at > 0) {
                int n = (int) Math.min(BLOCK, at);
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
                sink.accept(block, 0, n);
                at += n;
            }
            return at;
        } catch (FileNotFoundException e) {
            throw missing(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** A pipe in the place of a log would keep whoever opens it waiting. */
    private RandomAccessFile open() throws FileNotFoundException {
        if (!new File(path).isFile()) {
            throw new FileNotFoundException(path + " (it is no regular file)");
        }
        return new RandomAccessFile(path, "r");
    }

    private BgjobException missing(FileNotFoundException e) {
        return new File(path).exists() ? unreadable(e) : BgjobException.notFound("the log " + path + " is gone; it was removed or never written");
    }

    private BgjobException unreadable(IOException e) {
        return BgjobException.failed("cannot read " + path + ": " + e.getMessage());
    }
}
