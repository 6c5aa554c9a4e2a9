package bgjob.web;

import bgjob.job.Allocation;
import bgjob.job.Durations;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.job.Leavings;
import bgjob.job.Progress;
import bgjob.job.Rfc3339;
import bgjob.job.Saved;
import bgjob.job.ShellWords;
import bgjob.job.Sizes;
import bgjob.job.Standing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A job as the templates show it: words, not numbers, and nothing left to work out. */
final class View {
    private static final int SHORT = 12;

    private View() {
    }

    static Map<String, Object> of(Repos.Entry entry, boolean several) {
        Job job = entry.job();
        Map<String, Object> view = new HashMap<>();
        view.put("id", job.id().toString());
        view.put("label", job.id().label());
        view.put("repo", several ? entry.repo().key() : "");
        view.put("query", entry.repo().query());
        view.put("state", job.state() == null ? "unknown" : job.state().word());
        view.put("reason", job.reason() == null ? "" : job.reason());
        view.put("stopNote", job.stopNote() == null ? "" : job.stopNote());
        view.put("command", command(job));
        view.put("created", time(job.times().created()));
        view.put("started", time(job.times().started()));
        view.put("finished", time(job.times().finished()));
        view.put("duration", job.times().duration() == null ? "" : Durations.format(job.times().duration()));
        view.put("seconds", job.state() != JobState.RUNNING || job.times().duration() == null ? "" : "" + job.times().duration() / 1000);
        view.put("exit", job.exit() == null ? "" : job.exit().signal() == null ? "" + job.exit().code() : job.exit().code() + " (" + job.exit().signal() + ")");
        view.put("active", job.active());
        view.put("running", job.state() == JobState.RUNNING);
        view.put("held", job.state() == JobState.PAUSED);
        view.put("resumable", job.state() == JobState.PAUSED || !job.active() && job.state() != null && job.state() != JobState.COMPLETED);
        view.put("waits", job.state() == JobState.QUEUED ? words(job.reason()) : "");
        view.put("left", job.survivors().size());
        view.put("rerunFailed", false);
        view.put("sha", "");
        view.put("stoppable", job.active() || job.state() == null || !job.survivors().isEmpty());
        progress(view, job.progress());
        return view;
    }

    private static void progress(Map<String, Object> view, Progress progress) {
        view.put("hasProgress", progress != null);
        view.put("percent", progress == null || progress.percent() == null ? "" : progress.percent().toString());
        view.put("progressText", progress == null ? "" : text(progress));
        view.put("failedItems", progress == null ? List.of() : progress.failed());
        view.put("failedCount", progress == null ? 0L : progress.failedCount());
    }

    /** @return such as {@code 154/245 · 63 % · 2.1/s · 43s left}, and who says so */
    private static String text(Progress progress) {
        StringBuilder text = new StringBuilder();
        add(text, progress.phase());
        add(text, progress.current() == null ? null : progress.total() == null ? progress.current().toString() : progress.current() + "/" + progress.total());
        add(text, progress.percent() == null ? null : progress.percent() + " %");
        add(text, progress.item());
        add(text, progress.rate() == null ? null : Math.round(progress.rate() * 10) / 10.0 + "/s");
        add(text, progress.etaSeconds() == null ? null : Durations.format(progress.etaSeconds() * 1000) + " left");
        add(text, progress.source() == Progress.Source.PROTOCOL ? null : progress.source() == Progress.Source.HISTORY ? "by earlier runs"
                : "read from " + progress.source().word());
        return text.toString();
    }

    private static void add(StringBuilder text, String part) {
        if (part != null && !part.isEmpty()) {
            text.append(text.length() == 0 ? "" : " · ").append(part);
        }
    }

    static String command(Job job) {
        boolean shell = job.command().size() == 3 && job.command().get(0).equals("sh") && job.command().get(1).equals("-c");
        return shell ? job.command().get(2) : ShellWords.join(job.command());
    }

    private static String time(Long millis) {
        return millis == null ? "" : Rfc3339.utc(millis);
    }

    /** All that the page of one job tells beside that. */
    static void details(Map<String, Object> view, Job job) {
        view.put("cwd", words(job.cwd()));
        view.put("user", words(job.user()));
        view.put("host", words(job.host()));
        view.put("backend", words(job.backend()));
        view.put("parent", words(job.parent()));
        view.put("attempt", job.attempt());
        view.put("pid", job.pid() < 0 ? "" : "" + job.pid());
        view.put("pgid", job.pgid() < 0 ? "" : "" + job.pgid());
        view.put("hasGit", job.git() != null);
        view.put("sha", job.git() == null || job.git().sha() == null ? "" : job.git().sha().substring(0, Math.min(SHORT, job.git().sha().length())));
        view.put("branch", job.git() == null ? "" : words(job.git().branch()));
        view.put("dirty", job.git() != null && Boolean.TRUE.equals(job.git().dirty()));
        view.put("files", List.of(job.files().log(), job.files().meta(), job.files().exit(), job.files().pid(), job.files().script()));
        view.put("survivors", job.survivors().size());
        Leavings left = job.leavings();
        view.put("dropped", left.dropped() == 0 ? "" : Sizes.format(left.dropped()));
        view.put("uncapped", words(left.uncapped()));
        Saved saved = left.saved();
        view.put("snapshot", saved == null || saved.bytes() < 0 ? "" : saved.bytes() == 0 ? "nothing was uncommitted" : Sizes.format(saved.bytes()) + " of uncommitted changes");
        view.put("atCommit", saved == null ? "" : words(saved.commit()));
        view.put("atCommitNote", saved == null ? "" : words(saved.note()));
        view.put("standing", standing(job.standing()));
        view.put("slurm", job.allocation() == null ? "" : slurm(job));
    }

    /** @return such as {@code gpu, 2 slots, priority 3}, or nothing without a queue */
    private static String standing(Standing standing) {
        return standing == null || standing.queue() == null ? ""
                : standing.queue() + ", " + standing.slots() + (standing.slots() == 1 ? " slot" : " slots") + ", priority " + standing.priority();
    }

    /** @return such as {@code job 12 · RUNNING · partition long · node n7} */
    private static String slurm(Job job) {
        Allocation allocation = job.allocation();
        StringBuilder text = new StringBuilder();
        add(text, allocation.id() == null ? "no number" + (job.active() ? " yet" : "") : "job " + allocation.id());
        add(text, allocation.array() == null ? null : "array " + allocation.array());
        add(text, allocation.state());
        add(text, allocation.partition() == null ? null : "partition " + allocation.partition());
        add(text, allocation.node() == null ? null : "node " + allocation.node());
        add(text, allocation.silent() ? "its controller does not answer now" : null);
        return text.toString();
    }

    private static String words(String text) {
        return text == null ? "" : text;
    }
}
