package bgjob.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** One process at a time changes the index. Whoever does not get the lock goes on without the index. */
final class IndexLock implements AutoCloseable {
    private static final int TRIES = 40;
    private static final long STEP = 5;
    private static final long FINE = 1000; // nanoseconds

    private final FileChannel channel;

    private IndexLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @return the lock of an index that there is, or null after a fifth of a second */
    static IndexLock take(LogsDir dir) {
        try {
            FileChannel channel = FileChannel.open(Path.of(dir.indexLock()), StandardOpenOption.WRITE);
            for (int i = 0; i < TRIES; i++) {
                if (locked(channel)) {
                    return new IndexLock(channel);
                }
                Thread.sleep(STEP);
            }
            channel.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // no index, or not ours
        }
        return null;
    }

    /** @return the lock of an index, made when there is none, or null when it cannot be had at once or this file system is no place for an index */
    static IndexLock make(LogsDir dir) {
        try {
            if (!new File(dir.indexLock()).exists()) {
                prepare(dir);
            }
            FileChannel channel = FileChannel.open(Path.of(dir.indexLock()), StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new IndexLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            // read-only, say: then every command lists the directory
        }
        return null;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) { // another thread of this process has it
            return false;
        }
    }

    /** The index needs times finer than a second, as the file system keeps them and as the leader's shell compares them. */
    private static void prepare(LogsDir dir) throws IOException {
        Path index = Path.of(dir.index());
        if (!Files.isDirectory(index)) {
            Files.createDirectory(index, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
        }
        if (!Files.getOwner(index).equals(Files.getOwner(Path.of(dir.path())))) {
            Files.delete(index);
            throw new NoSuchFileException(dir.index(), null, "the records are another user's");
        }
        FileTime older = FileTime.from(FINE, TimeUnit.NANOSECONDS);
        FileTime newer = FileTime.from(2 * FINE, TimeUnit.NANOSECONDS);
        touch(Path.of(dir.indexOlder()), older);
        touch(Path.of(dir.indexNewer()), newer);
        AtomicFile.write(Path.of(dir.indexLock()), new byte[0], AtomicFile.PRIVATE);
    }

    private static void touch(Path file, FileTime time) throws IOException {
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
        }
    }
}
