package bgjob.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One process at a time changes the index. Whoever does not get the lock goes on without the index. */
final class IndexLock implements AutoCloseable {
    private static final int TRIES = 40;
    private static final long STEP = 5;
    private static final long FINE = 1000; // nanoseconds

    /** By path, one among the threads of this process: to close a file gives up the locks that any thread has on it (fcntl). */
    private static final ConcurrentHashMap<String, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final FileChannel channel;
    private final ReentrantLock here;

    private IndexLock(FileChannel channel, ReentrantLock here) {
        this.channel = channel;
        this.here = here;
    }

    private static ReentrantLock here(LogsDir dir) {
        ReentrantLock fresh = new ReentrantLock();
        ReentrantLock known = HERE.putIfAbsent(dir.path(), fresh);
        return known == null ? fresh : known;
    }

    /** @return the lock of an index that there is, or null after a fifth of a second */
    static IndexLock take(LogsDir dir) {
        ReentrantLock here = here(dir);
        try {
            if (!here.tryLock(TRIES * STEP, TimeUnit.MILLISECONDS)) {
                return null;
            }
            IndexLock lock = null;
            try {
                lock = locked(dir, here, TRIES);
            } finally {
                if (lock == null) {
                    here.unlock();
                }
            }
            return lock;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // no index, or not ours
        }
        return null;
    }

    /** @return the lock of an index, made when there is none, or null when it cannot be had at once or this file system is no place for an index */
    static IndexLock make(LogsDir dir) {
        ReentrantLock here = here(dir);
        if (!here.tryLock()) {
            return null;
        }
        IndexLock lock = null;
        try {
            prepare(dir);
            lock = locked(dir, here, 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // read-only, say: then every command lists the directory
        } finally {
            if (lock == null) {
                here.unlock();
            }
        }
        return lock;
    }

    private static IndexLock locked(LogsDir dir, ReentrantLock here, int tries) throws IOException, InterruptedException {
        AtomicFile.check(dir.indexLock());
        FileChannel channel = FileChannel.open(Path.of(dir.indexLock()), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            for (int i = 0; i < tries; i++) {
                if (i > 0) {
                    Thread.sleep(STEP);
                }
                if (channel.tryLock() != null) {
                    return new IndexLock(channel, here);
                }
            }
        } catch (OverlappingFileLockException e) {
            // held in this process by what does not know of our locks: the same program, loaded twice
        }
        channel.close();
        return null;
    }

    /** The index needs times finer than a second, as the file system keeps them and as the leader's shell compares them. */
    private static void prepare(LogsDir dir) throws IOException {
        Path index = Path.of(dir.index());
        if (!Files.isDirectory(index, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(index, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
            if (!Files.getOwner(index).equals(Files.getOwner(Path.of(dir.path())))) {
                Files.delete(index);
                throw new NoSuchFileException(dir.index(), null, "the records are another user's");
            }
        }
        touch(Path.of(dir.indexOlder()), FileTime.from(FINE, TimeUnit.NANOSECONDS));
        touch(Path.of(dir.indexNewer()), FileTime.from(2 * FINE, TimeUnit.NANOSECONDS));
        if (!new File(dir.indexLock()).exists()) {
            try {
                AtomicFile.create(Path.of(dir.indexLock()), AtomicFile.PRIVATE);
            } catch (FileAlreadyExistsException e) {
                // another process was faster; both lock the same file
            }
        }
    }

    private static void touch(Path file, FileTime time) throws IOException {
        if (Files.exists(file) && Files.getLastModifiedTime(file).equals(time)) {
            return;
        }
        AtomicFile.write(file, new byte[0], AtomicFile.PRIVATE);
        Files.setLastModifiedTime(file, time);
        if (!Files.getLastModifiedTime(file).equals(time)) {
            throw new IOException("the file system keeps no fine times");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // the lock ends with the process
        } finally {
            here.unlock();
        }
    }
}
