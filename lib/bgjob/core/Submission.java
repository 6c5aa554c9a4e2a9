package bgjob.core;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.job.Batch;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.GitInfo;
import bgjob.job.JobId;
import bgjob.job.JobSpec;
import bgjob.job.Limits;
import bgjob.job.Origin;
import bgjob.job.Queueing;
import bgjob.job.Redaction;
import bgjob.job.Rfc3339;
import bgjob.job.ShellWords;
import bgjob.script.JobScript;
import bgjob.store.JobStore;
import bgjob.store.MetaFile;
import bgjob.store.Repository;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Makes a job of a spec: claims an id, writes the script, has the backend start it; all of it or nothing. */
final class Submission {
    private static final int LOOKS = 10;
    private static final long LOOK = 30;
    /** What this machine has is not what a node has. */
    private static final String REMOTE_SHELL = "/bin/sh";

    private final JobStore store;
    private final Backend backend;
    private final SubmitOptions options;

    Submission(JobStore store, Backend backend, SubmitOptions options) {
        this.store = store;
        this.backend = backend;
        this.options = options;
    }

    /**
     * @param batch what makes it a batch, or null
     * @param source on which files it runs, or null for its directory as it is
     */
    Started submit(JobSpec asked, Batch batch, Source source) {
        check(asked, source);
        JobSpec spec = asked.queueing() == Queueing.NONE ? asked : asked.behind(queueing(asked.queueing()));
        long now = System.currentTimeMillis();
        JobId id = store.claim(spec.label(), now);
        try {
            if (batch != null) {
                store.writeBatch(id, batch);
            }
            Source.Ground ground = source == null ? null : source.prepare(id, spec);
            List<String> meta = new ArrayList<>();
            store.writeScript(id, script(id, spec, batch, now, ground, meta), spec.origin().continued());
            if (backend.remote()) {
                return started(id, new HandOver(store, backend).to(id, spec, meta));
            }
            return started(id, backend.submit(new BackendRef(id, store.dir().path(), new Facts()), store.dir().script(id)));
        } catch (RuntimeException e) {
            if (backend.remote() || !appears(id)) {
                if (source != null) {
                    source.undo(id);
                }
                store.abandon(id, spec.origin().continued());
                throw e;
            }
            return started(id, store.facts(id));
        }
    }

    private Started started(JobId id, Facts facts) {
        return new Started(id, facts.number("pid"), facts.number("pgid"), store.dir().files(id), facts.first("slurm_job_id"), facts.first("not_run"));
    }

    /** A leader that bgjob lost sight of may still be about to record the job, and then needs its script. */
    private boolean appears(JobId id) {
        for (int i = 0; i < LOOKS && !store.contains(id); i++) {
            Pause.millis(LOOK);
        }
        return store.contains(id);
    }

    private void check(JobSpec spec, Source source) {
        String why = JobId.whyNotLabel(spec.label());
        if (why != null) {
            throw BgjobException.usage("label '" + spec.label() + "' " + why + "; use letters, digits, '.', '_' and '-'");
        }
        if (spec.command().isEmpty()) {
            throw BgjobException.usage("there is no command to run; write: bgjob run " + spec.label() + " -- CMD [ARG…]");
        }
        for (String assignment : spec.environment()) {
            ShellCommand.requireAssignment(assignment);
        }
        String queue = spec.queueing().queue();
        if (queue != null && Queueing.whyNotQueue(queue) != null) {
            throw BgjobException.usage("queue '" + queue + "' " + Queueing.whyNotQueue(queue) + "; use letters, digits, '.', '_' and '-'");
        }
        if (source != null) {
            source.check(spec);
        }
        if (!(source instanceof AtCommit) && !new File(spec.cwd()).isDirectory()) {
            String missing = "working directory '" + spec.cwd() + "' is no directory";
            throw spec.origin().parent() == null ? BgjobException.usage(missing) : BgjobException.failed(missing + " any more");
        }
        String unavailable = backend.unavailable();
        if (unavailable != null) {
            throw BgjobException.failed(unavailable);
        }
    }

    /** Names of other jobs are looked up before this one takes an id: its own label means an older job. */
    private Queueing queueing(Queueing asked) {
        List<Queueing.After> after = new ArrayList<>();
        for (Queueing.After target : asked.after()) {
            JobId id = target(target.name());
            String place = store.facts(id).first("backend");
            if (!backend.name().equals(place == null ? "local" : place)) {
                throw BgjobException.usage("--after " + target.name() + ": " + id + " runs on " + (place == null ? "local" : place) + ", and this job on "
                        + backend.name() + "; a job can wait for those of its own place only");
            }
            after.add(new Queueing.After(target.name(), id, target.any()));
        }
        if (asked.slots() > 0 && backend.remote()) {
            throw BgjobException.usage("--slots has no meaning on " + backend.name() + ", where a queue is a partition; leave it out");
        }
        if (asked.queue() != null && !backend.remote()) {
            store.prepare();
            store.lines().open(asked.queue(), asked.slots());
        }
        return new Queueing(asked.queue(), asked.slots(), asked.priority(), after);
    }

    private JobId target(String name) {
        try {
            return new Resolver(store).resolve(name);
        } catch (BgjobException e) {
            throw new BgjobException(e.kind(), "--after " + name + ": " + e.getMessage());
        }
    }

    /** @param meta gets the facts known by now */
    private byte[] script(JobId id, JobSpec spec, Batch batch, long now, Source.Ground ground, List<String> meta) {
        String shell = backend.remote() ? REMOTE_SHELL : options.shell();
        JobScript.Tree tree = ground == null ? null : ground.tree();
        String cwd = tree == null ? spec.cwd() : tree.cwd();
        Repository repository = Repository.around(cwd);
        String root = repository == null ? cwd : repository.root();
        String venv = virtualEnvironment(root);
        if (venv == null && tree != null) {
            venv = virtualEnvironment(ground.root()); // seldom committed, it is where the job that runs again had it
        }
        meta.add(MetaFile.line("ts", id.ts()));
        meta.add(MetaFile.line("label", id.label()));
        meta.add(MetaFile.line("repo_dir", root));
        meta.add(MetaFile.line("cwd", cwd));
        meta.add(MetaFile.line("shell", shell));
        meta.add(MetaFile.line("venv_activate", venv == null ? "" : venv));
        meta.add(MetaFile.line("cmd", ShellWords.join(Redaction.mask(spec.command()))));
        meta.add(MetaFile.line("user", options.user()));
        meta.add(MetaFile.line("backend", backend.name()));
        meta.add(MetaFile.line("created", Rfc3339.utc(now)));
        if (batch != null) {
            meta.add(MetaFile.line("batch", Integer.toString(batch.items().size())));
            meta.add(MetaFile.line("slots", Integer.toString(batch.slots())));
        }
        limits(meta, spec);
        Facts more = backend.describe();
        for (int i = 0; i < more.size(); i++) {
            meta.add(MetaFile.line(more.key(i), more.value(i)));
        }
        if (ground != null) {
            meta.addAll(ground.meta());
        }
        GitInfo git = repository == null ? new GitInfo(null, null, null) : repository.head();
        String sha = ground == null ? git.sha() : ground.commit();
        meta.add(MetaFile.line("git_sha", sha == null ? "" : sha));
        meta.add(MetaFile.line("git_branch", git.branch() == null ? "" : git.branch()));
        return new JobScript(id.toString(), id.label(), store.dir().path(), shell, spec.cwd(),
                repository == null ? null : root, venv, spec.environment(), spec.command(), meta, spec.limits(), spec.origin().attempt(),
                batch, spec.queueing(), spec.target(), tree).render();
    }

    private static void limits(List<String> meta, JobSpec spec) {
        Origin origin = spec.origin();
        if (origin.parent() != null) {
            meta.add(MetaFile.line("parent", origin.parent().toString()));
            meta.add(MetaFile.line("attempt", Integer.toString(origin.attempt())));
        }
        Queueing queueing = spec.queueing();
        if (queueing.queue() != null) {
            meta.add(MetaFile.line("queue", queueing.queue()));
            meta.add(MetaFile.line("priority", Integer.toString(queueing.priority())));
        }
        for (Queueing.After after : queueing.after()) {
            meta.add(MetaFile.line("after", after.resolved()));
        }
        Limits limits = spec.limits();
        if (limits.timeout() > 0) {
            meta.add(MetaFile.line("timeout", Long.toString(limits.timeout())));
        }
        if (limits.retry() > 0) {
            meta.add(MetaFile.line("retry", Integer.toString(limits.retry())));
        }
        if (limits.nice() != 0) {
            meta.add(MetaFile.line("nice", Integer.toString(limits.nice())));
        }
        if (limits.tell()) {
            String terminal = CallersTerminal.path();
            meta.add(MetaFile.line("notify_tty", terminal == null ? "" : terminal));
        }
        if (limits.maxLog() > 0) {
            meta.add(MetaFile.line("max_log", Long.toString(limits.maxLog())));
        }
        if (!spec.target().options().isEmpty()) {
            meta.add(MetaFile.line("options", ShellWords.join(Redaction.mask(spec.target().options()))));
        }
        if (limits.onExit() != null) {
            meta.add(MetaFile.line("on_exit", Redaction.mask(limits.onExit())));
        }
    }

    private static String virtualEnvironment(String root) {
        for (String name : new String[] {"/venv/bin/activate", "/.venv/bin/activate"}) {
            if (new File(root + name).isFile()) {
                return root + name;
            }
        }
        return null;
    }
}
