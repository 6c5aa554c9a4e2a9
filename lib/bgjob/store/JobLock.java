package bgjob.store;

import bgjob.job.JobId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One process at a time goes on with a job: a lock on its log, which the system takes back when the process ends. Where none is to be
 * had, on a read-only directory say, all goes on without.
 */
public final class JobLock implements AutoCloseable {
    /** Among the threads of this process: its locks are the process's own (fcntl). */
    private static final ReentrantLock HERE = new ReentrantLock();

    private final FileChannel channel;

    private JobLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until nobody else has the lock. */
    public static JobLock take(LogsDir dir, JobId id) {
        HERE.lock();
        FileChannel channel = null;
        try {
            LogsDir.check(dir.log(id));
            channel = FileChannel.open(Path.of(dir.log(id)), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            channel.lock();
        } catch (IOException | OverlappingFileLockException e) {
            // no log, or none of ours
        }
        return new JobLock(channel);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // the lock ends with the process
        } finally {
            HERE.unlock();
        }
    }
}
