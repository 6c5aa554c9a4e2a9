package bgjob.store;

import bgjob.job.Facts;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Takes records away, file by file, in the order of {@link LogsDir#paths}: killed at any moment it leaves either a job that still tells
 * its ending, or no job and files that hold its id. Links are removed, never followed. Several may do this at the same time.
 */
public final class Remover {
    private final LogsDir dir;
    private final JobStore store;

    Remover(LogsDir dir, JobStore store) {
        this.dir = dir;
        this.store = store;
    }

    /**
     * What removing did.
     *
     * @param done whether this removed the record, and not somebody else before
     * @param bytes the length of all files removed
     * @param failure what could not be removed and why, or null
     */
    public record Removal(boolean done, long bytes, String failure) {
    }

    /** Says that ids go: the index is not to be trusted until it is made anew, even if all happens in one tick of the clock. */
    public void begin() {
        new File(dir.indexStamp()).delete();
    }

    /** @return the length of all files of a job */
    public long bytes(JobId id) {
        Sum sum = new Sum(false);
        for (String path : dir.paths(id)) {
            sum.walk(path);
        }
        return sum.bytes;
    }

    /** @return the length of one file */
    public long bytes(String path) {
        Sum sum = new Sum(false);
        sum.walk(path);
        return sum.bytes;
    }

    /** Removes all that there is of a job, which must have ended. */
    public Removal remove(JobId id) {
        keepEnding(id);
        String recorded = new File(dir.meta(id)).exists() ? dir.meta(id) : dir.exit(id);
        boolean done = false;
        Sum sum = new Sum(true);
        WorkTrees.deregister(dir.worktree(id));
        for (String path : dir.paths(id)) {
            done |= sum.walk(path) && path.equals(recorded);
            if (sum.failure != null) {
                break; // what holds the id comes last, and stays
            }
        }
        return new Removal(done, sum.bytes, sum.failure);
    }

    /** Removes one file that belongs to no job. */
    public Removal removeFile(String path) {
        Sum sum = new Sum(true);
        boolean removed = sum.walk(path);
        return new Removal(removed, sum.bytes, sum.failure);
    }

    /** An ending that only {@code .exit} has goes into the meta first, since {@code .exit} goes first. */
    private void keepEnding(JobId id) {
        int exit = store.exit(id);
        if (exit < 0 || !new File(dir.meta(id)).exists()) {
            return;
        }
        try {
            Facts facts = store.facts(id);
            if (facts.number("exit") < 0) {
                store.note(id, MetaFile.line("exit", Integer.toString(exit)) + "\n");
            }
        } catch (RuntimeException e) {
            // unreadable, or on a full disk: room has to be made all the same
        }
    }

    /** Adds up what is removed, or what would be. */
    private static final class Sum extends SimpleFileVisitor<Path> {
        private final boolean remove;
        private int removed;
        private long bytes;
        private String failure;

        Sum(boolean remove) {
            this.remove = remove;
        }

        /** @return whether this removed something */
        boolean walk(String path) {
            int before = removed;
            Path root = Path.of(path);
            try {
                if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
                    Files.walkFileTree(root, this);
                }
            } catch (IOException e) {
                failed(root, e);
            }
            return removed > before;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (remove && !Files.isWritable(folder)) { // a job's cache may be read-only, as Go's is
                Files.setPosixFilePermissions(folder, AtomicFile.PRIVATE_PROGRAM);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (gone(file)) {
                bytes += attributes.isRegularFile() ? attributes.size() : 0;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return failed(file, e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
            gone(folder);
            return FileVisitResult.CONTINUE;
        }

        /** @return whether it is counted: it would be removed, or this removed it */
        private boolean gone(Path file) {
            try {
                if (remove) {
                    Files.delete(file);
                    removed++;
                }
                return true;
            } catch (IOException e) {
                failed(file, e);
                return false;
            }
        }

        private FileVisitResult failed(Path file, IOException e) {
            if (!(e instanceof NoSuchFileException) && failure == null) {
                failure = file + ": " + Failure.reason(e);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
