package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The saved changes and the temporary worktrees of jobs. */
public final class WorkTrees {
    private static final String POINTER = "gitdir: ";
    private static final int LONGEST = 8192;

    private final LogsDir dir;

    /** @param dir the {@code .logs} directory */
    public WorkTrees(LogsDir dir) {
        this.dir = dir;
    }

    /** Makes the folder in which git works while it saves changes. */
    public void begin(JobId id) {
        try {
            Files.createDirectory(Path.of(dir.worktree(id)), PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
        } catch (IOException e) {
            throw BgjobException.failed("cannot make " + dir.worktree(id) + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /** @return the length of a job's saved changes, in bytes; 0 when there are none */
    public long saved(JobId id) {
        return new File(dir.patch(id)).length();
    }

    /**
     * Gives a job the changes that another one has saved.
     *
     * @throws BgjobException when they are gone, or somebody else may have changed them
     */
    public void adopt(JobId from, JobId to) {
        Path patch = Path.of(dir.patch(from));
        if (!Files.isRegularFile(patch, LinkOption.NOFOLLOW_LINKS)) {
            throw BgjobException.failed("the uncommitted changes that were saved for " + from + " are gone: there is no file " + patch
                    + "; without them it would not be the same");
        }
        if (Owner.foreign(patch) != null || Owner.shared(patch)) {
            throw BgjobException.failed(patch + " can have been changed by others, and is not applied; read it, and if it is what you want: chmod 600 "
                    + patch + ", as its owner");
        }
        try {
            Files.createLink(Path.of(dir.patch(to)), patch); // it never changes
        } catch (UnsupportedOperationException | FileSystemException e) {
            copy(patch, Path.of(dir.patch(to)));
        } catch (IOException e) {
            throw notCopied(patch, e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw notCopied(from, e);
        }
    }

    private static BgjobException notCopied(Path patch, IOException e) {
        return BgjobException.failed("cannot copy " + patch + ": " + Failure.reason(e) + "; free space or use --dir DIR");
    }

    /** Removes the worktree of a job, or what saving changes has left in its place. @return what that did */
    public Remover.Removal remove(JobId id) {
        deregister(dir.worktree(id));
        return new Remover(dir, null).removeFile(dir.worktree(id));
    }

    /** Removes all that a job has beside its record. */
    public void undo(JobId id) {
        remove(id);
        new File(dir.patch(id)).delete();
    }

    /** @return jobs that have a worktree, in no order */
    public List<JobId> all() {
        List<JobId> ids = new ArrayList<>();
        String[] names = new File(dir.jobs()).list();
        for (String name : names == null ? new String[0] : names) {
            JobId id = name.endsWith(LogsDir.WORKTREE) ? JobId.parse(name.substring(0, name.length() - LogsDir.WORKTREE.length())) : null;
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * Takes from the repository what it knows of a worktree, as {@code git worktree prune} would (gitrepository-layout(5)), but of this one
     * alone, and before its files go. What does not name the worktree in turn is left alone.
     */
    static void deregister(String worktree) {
        String pointer = line(worktree + "/.git");
        if (pointer == null || !pointer.startsWith(POINTER + "/")) {
            return;
        }
        Path entry = Path.of(pointer.substring(POINTER.length()));
        boolean spelled = entry.getNameCount() > 2 && entry.getParent().endsWith("worktrees") && entry.equals(entry.normalize());
        if (spelled && (worktree + "/.git").equals(line(entry + "/gitdir"))) {
            new Remover(null, null).removeFile(entry.toString());
            entry.getParent().toFile().delete(); // as git does with the last one
        }
    }

    private static String line(String path) {
        File file = new File(path);
        if (!file.isFile() || file.length() > LONGEST) {
            return null;
        }
        try {
            String text = Files.readString(file.toPath());
            return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        } catch (IOException e) {
            return null;
        }
    }
}
