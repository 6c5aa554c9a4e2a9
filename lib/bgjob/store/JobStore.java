package bgjob.store;

import bgjob.job.Batch;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Recipe;
import bgjob.job.Rfc3339;
import bgjob.job.ShellWords;
import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** The records under one {@code .logs} directory. A job is there as soon as its {@code .meta} is, which its leader writes. */
public final class JobStore {
    /** What {@link #exit} answers when no ending is recorded. */
    public static final int NO_EXIT = -1;
    /** What {@link #exit} answers when there is an {@code .exit} file and it holds no exit status. */
    public static final int BAD_EXIT = -2;

    /** Arguments, variables and facts of the longest command a system takes, each up to three times. */
    private static final long MOST_SCRIPT = 64 << 20;

    private final LogsDir dir;
    private final JobIds ids;

    /** @param path the {@code .logs} directory, absolute; it need not exist until {@link #claim} */
    public JobStore(String path) {
        this.dir = new LogsDir(path);
        this.ids = new JobIds(dir);
    }

    public LogsDir dir() {
        return dir;
    }

    /** @return every job's id, newest first; empty when there is no directory */
    public List<JobId> ids() {
        return ids(null);
    }

    /** @return the ids of the label's jobs, newest first; with null of all labels */
    public List<JobId> ids(String label) {
        return ids.all(label);
    }

    /** @return the ids of the label's newest jobs, at most {@code most}, newest first; with null of all labels */
    public List<JobId> newest(String label, int most) {
        return ids.newest(label, most);
    }

    /** @return the label's newest job, with null that of all, or null when there is none */
    public JobId newest(String label) {
        return ids.newest(label);
    }

    /** @return every label that has a job */
    public Set<String> labels() {
        return ids.labels();
    }

    /** @return whether a job of that id is recorded */
    public boolean contains(JobId id) {
        return ids.isRecorded(id);
    }

    /** @return what the job's meta says; empty when it has none or holds nothing readable */
    public Facts facts(JobId id) {
        return MetaFile.read(dir.meta(id));
    }

    /** @return the exit status recorded, 0–255, or {@link #NO_EXIT}, or {@link #BAD_EXIT} */
    public int exit(JobId id) {
        File file = new File(dir.exit(id));
        if (!file.isFile()) { // to open a pipe would be to wait
            return file.exists() ? BAD_EXIT : NO_EXIT;
        }
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(16);
        } catch (IOException e) {
            return file.exists() ? BAD_EXIT : NO_EXIT;
        }
        long n = bytes.length < 2 || bytes[bytes.length - 1] != '\n'
                ? -1
                : Facts.parse(new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1));
        return n < 0 || n > 255 ? BAD_EXIT : (int) n;
    }

    /**
     * Takes the next free id of the label by making its empty log, so that no two jobs ever share one.
     *
     * @param now milliseconds since 1970 UTC
     * @throws BgjobException when the directory cannot be made or written
     */
    public JobId claim(String label, long now) {
        prepare();
        try {
            return ids.claim(label, Rfc3339.localStamp(now));
        } catch (IOException e) {
            throw BgjobException.failed("cannot write in " + dir.path() + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /**
     * Writes the job script of a claimed id, and makes its checkpoint directory.
     *
     * @param continued the job whose checkpoint directory it takes over, or null
     * @throws BgjobException when it cannot be written; the claim stays
     */
    public void writeScript(JobId id, byte[] script, JobId continued) {
        try {
            if (continued == null || !new File(dir.checkpoint(continued)).renameTo(new File(dir.checkpoint(id)))) {
                Files.createDirectory(Path.of(dir.checkpoint(id)), PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
            }
            AtomicFile.write(Path.of(dir.script(id)), script, AtomicFile.PRIVATE_PROGRAM);
        } catch (IOException e) {
            throw BgjobException.failed("cannot write " + dir.script(id) + ": " + Failure.reason(e) + "; free space or use --dir DIR");
        }
    }

    /** Writes the items of a batch whose id is claimed; must come before its leader is started. */
    public void writeBatch(JobId id, Batch batch) {
        batch(id).create(batch);
    }

    /** @return the files of a batch; for any other job there are none */
    public BatchFiles batch(JobId id) {
        return new BatchFiles(dir, id);
    }

    /**
     * Gives a claimed id back: removes what {@code claim} and {@code writeScript} made, unless its leader has recorded the job.
     *
     * @param continued the job that gets its checkpoint directory back, or null
     */
    public void abandon(JobId id, JobId continued) {
        if (!contains(id)) {
            for (String unfinished : dir.unfinished(id)) {
                new File(unfinished).delete();
            }
            if (new File(dir.batch(id)).exists()) {
                batch(id).abandon();
            }
            if (continued == null || !new File(dir.checkpoint(id)).renameTo(new File(dir.checkpoint(continued)))) {
                new File(dir.checkpoint(id)).delete();
            }
            new File(dir.script(id)).delete();
            try {
                ids.change(() -> Files.deleteIfExists(Path.of(dir.log(id)))); // last: with the log the id is free for the next run
            } catch (IOException e) {
                // an empty log is no job
            }
        }
    }

    /**
     * @return the spec with which the job was started, in clear, as its script has it
     * @throws BgjobException when there is no script, or none that says so
     */
    public JobSpec spec(JobId id) {
        String again = "; run it again by hand: bgjob run " + id.label() + " -- CMD";
        File file = new File(dir.script(id));
        if (file.exists() && (!file.isFile() || file.length() > MOST_SCRIPT)) {
            throw BgjobException.failed(file + " is no job script; it may be damaged" + again);
        }
        trust(file.toPath());
        try (BufferedReader in = new BufferedReader(new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JobSpec spec = line.startsWith(Recipe.PREFIX) ? Recipe.read(id.label(), line.substring(Recipe.PREFIX.length())) : null;
                if (spec != null) {
                    return spec;
                }
            }
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + dir.script(id) + ", which says how " + id + " was run: " + Failure.reason(e) + again);
        }
        throw BgjobException.failed(dir.script(id) + " does not say how " + id + " was run; an older bgjob made it" + again);
    }

    /** What a script says is done again only when nobody else can have written it; in a repository from elsewhere there may be records, too. */
    private static void trust(Path script) {
        String owner = Owner.foreign(script);
        if (owner != null) {
            throw BgjobException.failed(script + " belongs to " + owner + ", not to you, and is not run again; copy what you need from it by hand");
        }
        if (Files.exists(script) && Owner.shared(script)) {
            throw BgjobException.failed(script + " is open to others, which bgjob's own scripts never are, and is not run again; read it, and if"
                    + " it is what you want: chmod 700 " + ShellWords.quote(script.toString()));
        }
    }

    /**
     * Records an ending in the place of a leader that had to be killed; does nothing when one is recorded.
     *
     * @param signal the signal that ended it, without SIG
     * @throws BgjobException when it cannot be written
     */
    public void recordEnding(JobId id, int code, String signal, long now) {
        if (exit(id) != NO_EXIT) {
            return;
        }
        MetaFile.append(dir.meta(id), MetaFile.line("signal", signal) + "\n" + MetaFile.line("ended", Rfc3339.utc(now)) + "\n"
                + MetaFile.line("exit", Integer.toString(code)) + "\n" + MetaFile.line("ended_by", "bgjob stop") + "\n");
        try {
            ids.change(() -> AtomicFile.write(Path.of(dir.exit(id)), (code + "\n").getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE));
        } catch (IOException e) {
            throw BgjobException.failed("cannot record the ending of " + id + " in " + dir.exit(id) + ": " + Failure.reason(e));
        }
    }

    /** Adds facts to the job's meta; lines as {@link MetaFile#line} makes them, each with its newline. */
    public void note(JobId id, String lines) {
        MetaFile.append(dir.meta(id), lines);
    }

    /** @return what a job left as its result, at most so many bytes of it, or null when it left none */
    public ResultFile result(JobId id, int most) {
        return ResultFile.read(dir.result(id), most);
    }

    /** @return who waits in which line */
    public Lines lines() {
        return new Lines(dir, ids);
    }

    /** @return what takes records away */
    public Remover remover() {
        return new Remover(dir, this);
    }

    /** @return what belongs to no job and is older than an hour */
    public Leftovers leftovers(long now) {
        return Leftovers.find(dir, ids, now);
    }

    /** Makes the index of ids as new as the directory, so that no later command has to. */
    public void refresh() {
        ids.newest(null);
    }

    /**
     * Makes the directory, where there is none yet.
     *
     * @throws BgjobException when it cannot be made
     */
    public void prepare() {
        Path path = Path.of(dir.path());
        boolean ours = path.endsWith(LogsDir.NAME);
        try {
            if (!Files.isDirectory(path)) {
                if (Files.exists(path) && !Files.isDirectory(path)) {
                    throw dir.notADirectory();
                }
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                makeDirectory(path);
                ours = true;
            }
            String owner = Owner.foreign(path);
            if (owner != null) {
                throw BgjobException.failed(dir.path() + " belongs to " + owner
                        + ", who could change what a job of yours runs; use --dir DIR for a directory of your own");
            }
            makeDirectory(Path.of(dir.jobs()));
            if (Files.isSymbolicLink(Path.of(dir.jobs()))) {
                throw BgjobException.failed(dir.jobs() + " is a symbolic link, and job scripts would go to where it leads; remove it");
            }
            Path ignore = Path.of(dir.gitignore());
            if (ours && !Files.exists(ignore)) { // a directory of the user's own stays as git sees it
                AtomicFile.write(ignore, "*\n".getBytes(StandardCharsets.US_ASCII), AtomicFile.PRIVATE);
            }
        } catch (IOException e) {
            throw BgjobException.failed("cannot make " + dir.path() + ": " + Failure.reason(e) + "; use --dir DIR for another place");
        }
    }

    static void makeDirectory(Path path) throws IOException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectory(path, PosixFilePermissions.asFileAttribute(AtomicFile.PRIVATE_PROGRAM));
            }
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }
}
