package bgjob.script;

import bgjob.job.Batch;
import bgjob.job.JobSpec;
import bgjob.job.Limits;
import bgjob.job.Origin;
import bgjob.job.Queueing;
import bgjob.job.Recipe;
import bgjob.job.ShellWords;
import bgjob.job.Target;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fills the template {@code job.sh}, one text for every job and backend.
 *
 * @param id the job's id
 * @param label its label
 * @param dir the {@code .logs} directory, absolute
 * @param shell the POSIX shell that runs the script
 * @param cwd the command's working directory
 * @param git the work tree whose state is recorded, or null
 * @param venv the {@code activate} file of a virtual environment, or null
 * @param environment {@code NAME=value} words for the command alone
 * @param command the program and its arguments
 * @param meta the facts known before the start, each a line of the meta
 * @param limits the job's bounds
 * @param attempt the number of its first attempt
 * @param batch what makes it a batch, or null
 * @param queueing what it waits for first
 * @param target where it is to run
 * @param tree where it runs instead of in {@code cwd}, or null
 */
public record JobScript(String id, String label, String dir, String shell, String cwd, String git, String venv,
        List<String> environment, List<String> command, List<String> meta, Limits limits, int attempt, Batch batch, Queueing queueing,
        Target target, Tree tree) {
    private static final String TEMPLATE = "job.sh";
    /** Names the folder with the template as a file: to open a jar for it would cost a quarter of {@code run}. */
    private static final String FOLDER = "bgjob.app";

    /**
     * A worktree that is the job's alone and goes with it.
     *
     * @param worktree its root, absolute
     * @param cwd the command's working directory in it
     */
    public record Tree(String worktree, String cwd) {
    }

    /** A script that runs its command once. */
    public JobScript(String id, String label, String dir, String shell, String cwd, String git, String venv,
            List<String> environment, List<String> command, List<String> meta, Limits limits, int attempt) {
        this(id, label, dir, shell, cwd, git, venv, environment, command, meta, limits, attempt, null, Queueing.NONE, Target.LOCAL, null);
    }

    /** A script without bounds, for the first attempt. */
    public JobScript(String id, String label, String dir, String shell, String cwd, String git, String venv,
            List<String> environment, List<String> command, List<String> meta) {
        this(id, label, dir, shell, cwd, git, venv, environment, command, meta, Limits.NONE, 1);
    }

    /** @return the script, as it is written to {@code jobs/<id>.sh}; put together as bytes, since a fresh JVM is slow with characters */
    public byte[] render() {
        byte[] template = text(TEMPLATE);
        ByteArrayOutputStream script = new ByteArrayOutputStream(template.length + 4096);
        int from = 0;
        int at = next(template, 0);
        while (at < template.length) {
            int end = next(template, at + 1);
            String value = end == template.length ? null : slot(new String(template, at + 1, end - at - 1, StandardCharsets.ISO_8859_1));
            if (value != null) {
                script.write(template, from, at - from);
                script.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                from = end + 1;
                end = next(template, from);
            }
            at = end;
        }
        script.write(template, from, template.length - from);
        return script.toByteArray();
    }

    private static int next(byte[] template, int from) {
        int at = from;
        while (at < template.length && template[at] != '@') {
            at++;
        }
        return at;
    }

    /** The text for a slot's name, or null when the name is no slot: the template has other {@code @} in it. */
    private String slot(String name) {
        return switch (name) {
            case "ID" -> id;
            case "LABEL" -> label;
            case "DIR" -> ShellWords.quote(dir);
            case "SH" -> ShellWords.quote(shell);
            case "CWD" -> ShellWords.quote(tree == null ? cwd : tree.cwd());
            case "GIT" -> git == null ? "''" : ShellWords.quote(git);
            case "VENV" -> venv == null ? "''" : ShellWords.quote(venv);
            case "ENV" -> environment.isEmpty() ? ":" : "set -- env -- " + ShellWords.script(environment) + " \"$@\"";
            case "COMMAND" -> ShellWords.script(command);
            case "META" -> ShellWords.script(meta);
            case "RECIPE" -> Recipe.write(new JobSpec(label, command, cwd, environment, limits, Origin.NONE, queueing, target));
            case "LIMITS" -> settings();
            case "BATCH" -> batch == null ? "" : BatchPart.head(batch, command, limits) + part(true, "batch.sh");
            case "DETACH" -> new String(text("detach.sh"), StandardCharsets.UTF_8);
            case "PARTS" -> parts();
            case "QUEUE" -> queue();
            case "PLACE" -> part(target != Target.LOCAL, "slurm.sh") + part(target != Target.LOCAL && batch != null, "array.sh");
            default -> null;
        };
    }

    private String settings() {
        String start = "bgjob_attempt=" + attempt + " bgjob_tree=" + (tree == null ? "''" : ShellWords.quote(tree.worktree()));
        if (limits == Limits.NONE) {
            return start + " bgjob_timeout='' bgjob_nice='' bgjob_retry='' bgjob_hook='' bgjob_most='' bgjob_notify=''";
        }
        StringBuilder codes = new StringBuilder();
        for (int code : limits.retryOn()) {
            codes.append(codes.length() == 0 ? "" : " ").append(code);
        }
        return start + " bgjob_timeout=" + number(limits.timeout()) + " bgjob_grace=" + limits.grace() + " bgjob_nice=" + number(limits.nice())
                + " bgjob_retry=" + number(wholeRetries()) + "\nbgjob_retry_delay=" + limits.retryDelay() + " bgjob_retry_on='" + codes
                + "' bgjob_hook=" + (limits.onExit() == null ? "''" : ShellWords.quote(limits.onExit())) + " bgjob_most=" + number(limits.maxLog() / 1024)
                + " bgjob_notify=" + number(limits.tell() ? 1 : 0);
    }

    /** Stands before the record is made: a tree in the line is taken by then. */
    private String queue() {
        if (queueing == Queueing.NONE || target != Target.LOCAL) { // a scheduler has lines of its own
            return "bgjob_steps='' bgjob_queue='' bgjob_begun=started";
        }
        return "bgjob_steps=" + ShellWords.quote(String.join(" ", queueing.steps())) + " bgjob_queue="
                + (queueing.queue() == null ? "''" : queueing.queue()) + "\n" + part(true, "line.sh") + part(queueing.queue() != null, "slot.sh")
                + part(!queueing.after().isEmpty(), "after.sh");
    }

    private static String number(long n) {
        return n == 0 ? "''" : Long.toString(n);
    }

    /** What only few jobs need is no part of the others' scripts. */
    private String parts() {
        return part(true, "told.sh") + part(true, "left.sh") + part(limits.timeout() > 0, "watch.sh") + part(wholeRetries() > 0, "retry.sh")
                + part(limits.onExit() != null, "hook.sh") + part(limits.maxLog() > 0, "cap.sh") + part(limits.tell(), "notify.sh") + part(tree != null, "tree.sh");
    }

    /** A batch tries its items again, not itself. */
    private int wholeRetries() {
        return batch == null ? limits.retry() : 0;
    }

    private static String part(boolean wanted, String name) {
        return wanted ? new String(text(name), StandardCharsets.UTF_8) : "";
    }

    static byte[] text(String name) {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            try (InputStream in = new FileInputStream(folder + "/" + name)) {
                return in.readAllBytes();
            } catch (IOException e) {
                // a build from before there was such a file, or one being removed: the program has it, too
            }
        }
        try (InputStream in = JobScript.class.getResourceAsStream("/bgjob/script/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its template " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
