package bgjob.core;

import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.ShellWords;
import bgjob.process.Commands;
import bgjob.script.GitScript;
import bgjob.script.JobScript;
import bgjob.store.JobStore;
import bgjob.store.LogsDir;
import bgjob.store.MetaFile;
import bgjob.store.Repository;
import bgjob.store.WorkTrees;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A temporary worktree with the commit that another job ran on, and with the changes that were saved for it. */
final class AtCommit implements Source {
    private static final int SHORT_SHA = 12;

    private final JobId old;
    private final Facts facts;
    private final LogsDir dir;
    private final WorkTrees trees;
    private final String shell;

    /** @param old the job that runs again */
    AtCommit(JobStore store, JobId old, String shell) {
        this.old = old;
        this.facts = store.facts(old);
        this.dir = store.dir();
        this.trees = new WorkTrees(dir);
        this.shell = shell;
    }

    @Override
    public void check(JobSpec spec) {
        if (facts.first("git_sha") == null) {
            throw BgjobException.failed("job " + old + " has no recorded commit to go back to; to run it on the files as they are: bgjob rerun " + old);
        }
        if (Repository.around(spec.cwd()) == null) {
            throw BgjobException.failed("'" + spec.cwd() + "', where " + old + " ran, is in no git repository any more");
        }
    }

    @Override
    public Ground prepare(JobId id, JobSpec spec) {
        String commit = facts.first("git_sha");
        String root = Repository.around(spec.cwd()).root();
        String saved = facts.first("snapshot");
        boolean changed = saved != null && !saved.equals(Snapshot.CLEAN);
        if (changed) {
            trees.adopt(old, id);
        }
        Commands.Result said = Commands.run(GitScript.add(shell, root, commit, dir.worktree(id), changed ? dir.patch(id) : null));
        switch (said.exit()) {
            case GitScript.DONE -> {
                // it is there
            }
            case GitScript.NO_COMMIT -> throw BgjobException.failed("commit " + commit + ", on which " + old + " ran, is not in " + root
                    + ": git has removed it, or this clone does not go back so far; a repository that has it may give it: git fetch REMOTE " + commit);
            case GitScript.NO_MATCH -> throw BgjobException.failed("the changes that were saved for " + old + " do not go on commit "
                    + commit.substring(0, SHORT_SHA) + "; " + dir.patch(old) + " may be damaged: " + sentence(said));
            default -> throw BgjobException.failed("cannot make a worktree of commit " + commit + " of " + root + ": " + sentence(said));
        }
        String within = Path.of(root).relativize(Path.of(spec.cwd()).normalize()).toString();
        String cwd = within.isEmpty() ? dir.worktree(id) : dir.worktree(id) + "/" + within;
        if (!new File(cwd).isDirectory()) {
            throw BgjobException.failed(old + " ran in '" + within + "', which commit " + commit.substring(0, SHORT_SHA)
                    + " does not have: git knows of no file in it; to run it on the files as they are: bgjob rerun " + old);
        }
        return new Ground(root, new JobScript.Tree(dir.worktree(id), cwd), commit, meta(id, commit, saved));
    }

    private List<String> meta(JobId id, String commit, String saved) {
        List<String> meta = new ArrayList<>();
        meta.add(MetaFile.line("at_commit", commit));
        meta.add(MetaFile.line("worktree", dir.worktree(id)));
        if (saved != null) {
            meta.add(MetaFile.line("snapshot", saved));
        }
        String note = note(saved);
        if (note != null) {
            meta.add(MetaFile.line("at_commit_note", note));
        }
        return meta;
    }

    /** Why it may not be the same, or null; what was said of a job that itself ran so holds of this one. */
    private String note(String saved) {
        if (facts.first("at_commit") != null) {
            return facts.first("at_commit_note");
        }
        String dirty = facts.first("git_dirty");
        if ("false".equals(dirty) || saved != null && !saved.equals(Snapshot.CLEAN)) {
            return null;
        }
        if (!"true".equals(dirty)) {
            return "git could not say whether " + old + " ran on uncommitted changes; this is its commit without any";
        }
        return saved == null
                ? "this is not what " + old + " ran on: it had uncommitted changes, which were not saved (run --snapshot saves them)"
                : "this is not all that " + old + " ran on: it had changes inside a submodule or another repository, which are not saved";
    }

    /** @return what git complained of, on one line */
    static String sentence(Commands.Result said) {
        String text = said.output().strip();
        return text.isEmpty() ? "git ended with " + said.exit() : ShellWords.visible(text.replace("\n", "; "));
    }

    @Override
    public void undo(JobId id) {
        trees.undo(id);
    }
}
