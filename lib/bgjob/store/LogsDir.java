package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Spells the name of every file of a record; the only place that does (docs/files.md). */
public final class LogsDir {
    /** The directory's name at the root of a repository. */
    public static final String NAME = ".logs";

    static final String LOG = ".log";
    static final String META = ".meta";
    static final String EXIT = ".exit";
    static final String PID = ".pid";
    static final String SCRIPT = ".sh";
    static final String CHECKPOINT = ".checkpoint";
    static final String PROGRESS = ".progress";
    static final String RESULT = ".result";
    static final String BATCH = ".batch";
    static final String WAITERS = ".waiters";
    static final String PATCH = ".patch";
    static final String WORKTREE = ".worktree";
    static final String SLURM = ".slurm";

    /** Why what stands in a file's place is not opened: a pipe would be waited for, a device may never end. */
    static final String NO_FILE = "not a regular file";

    private final String path;

    /** @param path the directory, absolute; it need not exist */
    public LogsDir(String path) {
        this.path = path;
    }

    public String path() {
        return path;
    }

    public String log(JobId id) {
        return path + "/" + id + LOG;
    }

    public String pid(JobId id) {
        return path + "/" + id + PID;
    }

    public String exit(JobId id) {
        return path + "/" + id + EXIT;
    }

    public String meta(JobId id) {
        return path + "/" + id + META;
    }

    public String progress(JobId id) {
        return jobs() + "/" + id + PROGRESS;
    }

    public String result(JobId id) {
        return jobs() + "/" + id + RESULT;
    }

    /** What a scheduler says of a job, beside the job's log. */
    public String slurm(JobId id) {
        return jobs() + "/" + id + SLURM;
    }

    public String jobs() {
        return path + "/jobs";
    }

    public String script(JobId id) {
        return jobs() + "/" + id + SCRIPT;
    }

    public String checkpoint(JobId id) {
        return jobs() + "/" + id + CHECKPOINT;
    }

    /** The folder of a batch: its items, their logs and how each ended. */
    public String batch(JobId id) {
        return jobs() + "/" + id + BATCH;
    }

    /** @return whether records can be written now, as far as rights and the mount say; a full disk is not seen */
    public boolean isWritable() {
        return Files.isWritable(Path.of(path));
    }

    /** A shell script that names the items of a batch one after the other. */
    public String batchItems(JobId id) {
        return batch(id) + "/items";
    }

    /** How the items of a batch ended, one a line. */
    public String batchResults(JobId id) {
        return batch(id) + "/results";
    }

    /** The output of one item of a batch. */
    public String itemLog(JobId id, int number) {
        return batch(id) + "/" + number + LOG;
    }

    /** What one item of a batch wrote as its result. */
    public String itemResult(JobId id, int number) {
        return batch(id) + "/" + number + RESULT;
    }

    /** What was not committed when the job was asked for. */
    public String patch(JobId id) {
        return jobs() + "/" + id + PATCH;
    }

    /** The temporary worktree in which the job runs; while changes are being saved, what git needs for that. */
    public String worktree(JobId id) {
        return jobs() + "/" + id + WORKTREE;
    }

    /** The line of those that wait for that job to end. */
    String waiters(JobId id) {
        return jobs() + "/" + id + WAITERS;
    }

    String queues() {
        return path + "/queue";
    }

    String queue(String name) {
        return queues() + "/" + name;
    }

    String slots(String queue) {
        return queue(queue) + "/slots";
    }

    /**
     * Every path that a record can have, in the order in which they may go, so that what is left at any moment tells no lie
     * (docs/decisions/0018-removing-a-record.md).
     */
    List<String> paths(JobId id) {
        return List.of(exit(id), meta(id), pid(id), progress(id), result(id), slurm(id), jobs() + "/." + id + EXIT, checkpoint(id),
                batch(id), waiters(id), patch(id), worktree(id), script(id), log(id));
    }

    /** What a leader writes before it moves it to its place; one that is killed in between leaves it. */
    List<String> unfinished(JobId id) {
        return List.of(checkpoint(id) + "/" + id + META, checkpoint(id) + "/" + id + PID);
    }

    /** @return whether nothing has the name of a record of that id; a file that is damaged, or a link that leads nowhere, still has */
    public boolean isGone(JobId id) {
        return !Files.exists(Path.of(meta(id)), LinkOption.NOFOLLOW_LINKS) && !Files.exists(Path.of(exit(id)), LinkOption.NOFOLLOW_LINKS);
    }

    String gitignore() {
        return path + "/.gitignore";
    }

    String index() {
        return path + "/index";
    }

    /** The ids by label and the newest ones. */
    String indexIds() {
        return index() + "/ids";
    }

    /** Claims since the ids were written. */
    String indexNew() {
        return index() + "/new";
    }

    /** As old as the directory's last change that the index knows. */
    String indexStamp() {
        return index() + "/stamp";
    }

    String indexLock() {
        return index() + "/lock";
    }

    /** By a fraction of a second older than {@link #indexNewer}: a shell that cannot tell the two leaves the stamp alone. */
    String indexOlder() {
        return index() + "/older";
    }

    String indexNewer() {
        return index() + "/newer";
    }

    /** @throws IOException when something else than a file, or a link to one, stands there; nothing at all is fine */
    static void check(String path) throws IOException {
        File file = new File(path);
        if (!file.isFile() && file.exists()) {
            throw new IOException(NO_FILE);
        }
    }

    BgjobException notADirectory() {
        return BgjobException.failed(path + " is not a directory; move it away or use --dir DIR for another place");
    }

    public JobFiles files(JobId id) {
        return new JobFiles(log(id), meta(id), exit(id), pid(id), script(id));
    }
}
