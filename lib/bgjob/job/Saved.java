package bgjob.job;

/**
 * What a job's record tells of the files that it ran on, where more was asked for than to note the commit.
 *
 * @param bytes the length of the saved uncommitted changes, 0 where there were none; -1 when they were not to be saved
 * @param commit the commit in full of which it had a temporary worktree, or null when it ran in its own directory
 * @param note why that may not be what the job ran on that it runs again, or null
 */
public record Saved(long bytes, String commit, String note) {
    /** @return what the facts tell, or null when it was not asked for */
    static Saved of(Facts facts) {
        String snapshot = facts.first("snapshot");
        String commit = facts.first("parent") == null ? null : facts.first("at_commit");
        if (snapshot == null && commit == null) {
            return null;
        }
        long bytes = snapshot == null ? -1 : Math.max(0, Facts.parse(snapshot));
        return new Saved(bytes, commit, commit == null ? null : facts.first("at_commit_note"));
    }
}
