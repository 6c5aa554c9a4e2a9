package bgjob.store;

import bgjob.job.BgjobException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;

/**
 * What a job wrote to {@code $BGJOB_RESULT}, as it is now.
 *
 * @param path the file
 * @param size its length in bytes
 * @param bytes its beginning, all of it when it is short enough
 */
public record ResultFile(String path, long size, byte[] bytes) {

    /** @return the file, or null when there is none; a pipe or a directory in its place is none either, and is not waited for */
    static ResultFile read(String path, int most) {
        File file = new File(path);
        if (!file.isFile()) {
            return null;
        }
        try (FileInputStream in = new FileInputStream(file)) {
            byte[] bytes = in.readNBytes(most);
            return new ResultFile(path, Math.max(bytes.length, file.length()), bytes);
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + path + ": " + Failure.reason(e));
        }
    }

    /** @return whether the bytes are not all of it */
    public boolean cut() {
        return size > bytes.length;
    }
}
