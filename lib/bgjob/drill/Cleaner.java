package bgjob.drill;

import bgjob.process.ProcessEntry;
import bgjob.process.ProcessTable;
import bgjob.process.Signals;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Ends every process that the drill has started, and removes the scratch directory. */
final class Cleaner {
    private static final String MARK = "BGJOB_DIR=";
    private static final int ROUNDS = 200;
    private static final long STEP = 20;

    private final Path scratch;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(); // many may start something at once
    private boolean closed;

    Cleaner(Path scratch) {
        this.scratch = scratch;
    }

    /**
     * Starts something, unless all is being cleaned up.
     *
     * @return what that gave
     */
    <T> T start(Supplier<T> starting) throws Fault.Broken {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new Fault.Broken("the drill was interrupted");
            }
            return starting.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** From here on nothing is started. */
    private void close() {
        lock.writeLock().lock();
        closed = true;
        lock.writeLock().unlock();
    }

    /** @return whether the cleaning has begun */
    boolean closed() {
        lock.readLock().lock();
        try {
            return closed;
        } finally {
            lock.readLock().unlock();
        }
    }

    synchronized void clean() {
        close();
        String[] sites = scratch.toFile().list();
        int empty = 0;
        for (int round = 0; sites != null && round < ROUNDS && empty < 2; round++) { // in the middle of an exec a process shows no environment
            List<Long> left = left(ProcessTable.ofThisMachine(), sites);
            empty = left.isEmpty() ? empty + 1 : 0;
            Signals.send("KILL", left);
            pause();
        }
        remove();
    }

    /** Jobs have their records' directory in the environment, and so has all else that was started. */
    private List<Long> left(ProcessTable table, String[] sites) {
        List<Long> pids = new ArrayList<>();
        for (ProcessEntry entry : table.all()) {
            for (String site : sites) {
                Path folder = scratch.resolve(site);
                boolean known = !entry.dead() && (table.hasEnvironment(entry.pid(), MARK + Site.logs(folder))
                        || table.hasEnvironment(entry.pid(), MARK + Site.logs(folder.resolve(DiskFaults.DISK))));
                if (known) {
                    pids.add(entry.pid());
                }
            }
        }
        return pids;
    }

    /** @return whether a process lives that was started for these records */
    static boolean holds(String logs) {
        ProcessTable table = ProcessTable.ofThisMachine();
        for (ProcessEntry entry : table.all()) {
            if (!entry.dead() && table.hasEnvironment(entry.pid(), MARK + logs)) {
                return true;
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void remove() {
        try {
            Files.walkFileTree(scratch, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    folder.toFile().setWritable(true, true);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            new File(scratch.toString()).delete();
        }
    }
}
