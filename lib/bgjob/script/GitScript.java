package bgjob.script;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What has git do something while a job is being submitted: programs for a POSIX shell, in one process with all that git needs. */
public final class GitScript {
    /** How both end where all is well. */
    public static final int DONE = 0;
    /** {@link #save}: there is no commit yet. */
    public static final int UNBORN = 2;
    /** {@link #save}: there is too much; the output is how many bytes. */
    public static final int TOO_MUCH = 3;
    /** {@link #add}: the commit is not to be had. */
    public static final int NO_COMMIT = 3;
    /** {@link #add}: the changes do not go on it. */
    public static final int NO_MATCH = 4;

    private GitScript() {
    }

    /**
     * @param shell a POSIX shell, absolute
     * @param root the work tree
     * @param commit what its state is compared with, or null for HEAD
     * @param patch where the difference goes, unless there is none
     * @param folder a folder of the program's own, to be removed afterwards
     * @param most the most bytes that it may be
     * @param except what is left out, relative to the root, or null
     * @return the command; it prints the commit
     */
    public static List<String> save(String shell, String root, String commit, String patch, String folder, long most, String except) {
        return List.of(shell, "-c", text("snapshot.sh"), "sh", root, commit == null ? "" : commit, patch, folder, Long.toString(most),
                except == null ? "" : except);
    }

    /**
     * @param shell a POSIX shell, absolute
     * @param root a work tree of the repository
     * @param commit what is checked out
     * @param worktree where; nothing may be there
     * @param patch the changes to make to it, or null
     * @return the command; what it has made when it fails stays
     */
    public static List<String> add(String shell, String root, String commit, String worktree, String patch) {
        return List.of(shell, "-c", text("worktree.sh"), "sh", root, commit, worktree, patch == null ? "" : patch);
    }

    private static String text(String name) {
        return new String(JobScript.text(name), StandardCharsets.UTF_8);
    }
}
