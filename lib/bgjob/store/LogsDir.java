package bgjob.store;

import bgjob.job.BgjobException;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import java.io.File;
import java.io.IOException;
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

    public String jobs() {
        return path + "/jobs";
    }

    public String script(JobId id) {
        return jobs() + "/" + id + SCRIPT;
    }

    public String checkpoint(JobId id) {
        return jobs() + "/" + id + CHECKPOINT;
    }

    /**
     * Every path that a record can have, in the order in which they may go, so that what is left at any moment tells no lie
     * (docs/decisions/0018-removing-a-record.md).
     */
    List<String> paths(JobId id) {
        return List.of(exit(id), meta(id), pid(id), progress(id), result(id), jobs() + "/." + id + EXIT, checkpoint(id), script(id), log(id));
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
