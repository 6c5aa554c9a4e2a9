package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.ShellWords;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The {@code .meta} file: one {@code key=value} a line, later lines add. A value that would not stay on one line, or that looks
 * quoted itself, is written as {@code $'…'}.
 */
public final class MetaFile {
    /** More than this is no meta that bgjob wrote, beyond one command as long as the system allows; the rest is not read. */
    private static final int MOST_BYTES = 8 << 20;

    private MetaFile() {
    }

    /** @return the line for one fact, without a newline */
    public static String line(String key, String value) {
        boolean odd = ShellWords.hasControl(value) || value.startsWith("$'") || value.startsWith(" ") || value.endsWith(" ");
        return key + "=" + (odd ? ShellWords.dollarQuote(value) : value);
    }

    /**
     * @return the facts, empty when the file is missing, empty or holds none; a last line without a newline is one that was being
     *     written and does not count
     * @throws BgjobException when the file is there but cannot be read
     */
    public static Facts read(String path) {
        File file = new File(path);
        if (!file.isFile()) { // to open a pipe would be to wait
            if (file.exists()) {
                throw unreadable(path, new IOException(AtomicFile.NO_FILE));
            }
            return new Facts();
        }
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES);
        } catch (FileNotFoundException e) {
            if (file.exists()) {
                throw unreadable(path, e);
            }
            return new Facts();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return Facts.of(bytes);
    }

    /**
     * Adds facts behind those that are there, in one write. A meta that has been removed does not come back.
     *
     * @param lines as {@link #line} makes them, each with its newline
     * @throws BgjobException when the file cannot be written
     */
    public static void append(String path, String lines) {
        try {
            AtomicFile.append(Path.of(path), lines.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            // the record is being removed
        } catch (IOException e) {
            throw BgjobException.failed("cannot add to " + path + ": " + Failure.reason(e));
        }
    }

    private static BgjobException unreadable(String path, IOException e) {
        return BgjobException.cannotTell("cannot read " + path + ": " + Failure.reason(e));
    }
}
