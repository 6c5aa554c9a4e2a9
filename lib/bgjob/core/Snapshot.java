package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Sizes;
import bgjob.process.Commands;
import bgjob.script.GitScript;
import bgjob.store.JobStore;
import bgjob.store.LogsDir;
import bgjob.store.MetaFile;
import bgjob.store.Repository;
import bgjob.store.WorkTrees;
import java.util.List;

/** The directory as it is; what is not committed is saved for {@code rerun --at-commit}. */
final class Snapshot implements Source {
    /** The most bytes that are saved, and that untracked files may have: it stays in {@code .logs} as long as the job's record. */
    static final long MOST = 64L << 20;
    static final String CLEAN = "clean";

    private final LogsDir dir;
    private final WorkTrees trees;
    private final String shell;

    Snapshot(JobStore store, String shell) {
        this.dir = store.dir();
        this.trees = new WorkTrees(dir);
        this.shell = shell;
    }

    /** For those who are not to load this class before they need it, as a verifier does that has to learn what it implements. */
    static Source source(JobStore store, String shell) {
        return new Snapshot(store, shell);
    }

    /** @return whether the job of those facts ran in its directory and had its changes saved */
    static boolean asked(Facts facts) {
        return facts.first("snapshot") != null && facts.first("at_commit") == null;
    }

    @Override
    public void check(JobSpec spec) {
        if (Repository.around(spec.cwd()) == null) {
            throw BgjobException.usage("--snapshot saves what is not committed, and '" + spec.cwd()
                    + "' is in no git repository; leave it out, or give --cwd DIR");
        }
    }

    @Override
    public Ground prepare(JobId id, JobSpec spec) {
        Repository repository = Repository.around(spec.cwd());
        String root = repository.root();
        trees.begin(id);
        Commands.Result said = Commands.run(GitScript.save(shell, root, repository.head().sha(), dir.patch(id), dir.worktree(id), MOST,
                dir.path().startsWith(root + "/") ? dir.path().substring(root.length() + 1) : null));
        trees.remove(id);
        switch (said.exit()) {
            case GitScript.DONE -> {
                // the commit is printed
            }
            case GitScript.UNBORN -> throw BgjobException.usage("--snapshot saves what differs from the last commit, and " + root
                    + " has no commit yet; leave it out, or commit first");
            case GitScript.TOO_MUCH -> throw BgjobException.failed("--snapshot saves at most " + Sizes.format(MOST) + ", and what is not committed in "
                    + root + " is " + size(said.output()) + "; commit it, or name in .gitignore what need not be saved (git status lists it)");
            default -> throw BgjobException.failed("cannot save what is not committed in " + root + ": " + AtCommit.sentence(said));
        }
        long saved = trees.saved(id);
        return new Ground(root, null, said.output().strip(), List.of(MetaFile.line("snapshot", saved == 0 ? CLEAN : Long.toString(saved))));
    }

    /** A patch is not read further than to where it is too long. */
    private static String size(String output) {
        long bytes = Facts.parse(output.strip());
        return bytes <= MOST + 1 ? "more" : Sizes.format(bytes) + " of untracked files";
    }

    @Override
    public void undo(JobId id) {
        trees.undo(id);
    }
}
