package bgjob.web;

import bgjob.core.LimitWords;
import bgjob.core.QueueWords;
import bgjob.core.ShellCommand;
import bgjob.core.TargetWords;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.JobSpec;
import bgjob.job.Origin;
import bgjob.job.ShellWords;
import bgjob.json.Request;
import io.javalin.http.Context;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job that somebody asks for, by the form or as JSON; each field means what the option of {@code bgjob run} of that name means.
 *
 * @param repo the key of the directory, or null for the first
 * @param command the program and its arguments, or null with {@code sh}
 * @param sh shell text, or null
 * @param snapshot whether what is not committed is saved
 */
record NewJob(String repo, String label, List<String> command, String sh, boolean login, String cwd, List<String> env, LimitWords limits,
        QueueWords queueing, TargetWords target, boolean snapshot) {
    private static final Set<String> FIELDS = new LinkedHashSet<>(List.of("repo", "label", "command", "sh", "login", "cwd", "env", "timeout", "grace",
            "nice", "retry", "retry_delay", "retry_on", "on_exit", "max_log", "notify", "snapshot", "queue", "slots", "priority", "after", "on", "sbatch"));

    private static final int SHOWN = 80;

    /** @throws BgjobException of kind USAGE when it is no such JSON */
    static NewJob ofJson(String body) {
        Request json = Request.read(body, FIELDS);
        List<String> retryOn = json.texts("retry_on");
        List<String> after = json.texts("after");
        List<String> sbatch = json.texts("sbatch");
        return new NewJob(json.text("repo"), json.text("label"), json.texts("command"), json.text("sh"), json.flag("login"), json.text("cwd"),
                json.texts("env"), new LimitWords(json.word("timeout"), json.word("grace"), number("--nice", json.word("nice")),
                number("--retry", json.word("retry")), json.word("retry_delay"), retryOn == null ? List.of() : retryOn, json.text("on_exit"),
                json.word("max_log"), json.flag("notify"), System.getenv()),
                new QueueWords(json.text("queue"), json.word("slots"), json.word("priority"), after == null ? List.of() : after),
                new TargetWords(json.text("on"), sbatch == null ? List.of() : sbatch), json.flag("snapshot"));
    }

    /** An empty field is one that was not filled in; {@code env} has one assignment a line. */
    static NewJob ofForm(Context ctx) {
        String retryOn = field(ctx, "retry_on");
        String env = field(ctx, "env");
        String after = field(ctx, "after");
        String sbatch = field(ctx, "sbatch");
        return new NewJob(field(ctx, "repo"), field(ctx, "label"), null, field(ctx, "command"), field(ctx, "login") != null, field(ctx, "cwd"),
                env == null ? null : lines(env), new LimitWords(field(ctx, "timeout"), field(ctx, "grace"), number("--nice", field(ctx, "nice")),
                number("--retry", field(ctx, "retry")), field(ctx, "retry_delay"),
                retryOn == null ? List.of() : List.of(retryOn.strip().split("[,\\s]+")), field(ctx, "on_exit"),
                field(ctx, "max_log"), field(ctx, "notify") != null, System.getenv()),
                new QueueWords(field(ctx, "queue"), field(ctx, "slots"), field(ctx, "priority"), after == null ? List.of() : List.of(after.strip().split("[,\\s]+"))),
                new TargetWords(field(ctx, "on"), sbatch == null ? List.of() : List.of(sbatch)), field(ctx, "snapshot") != null);
    }

    private static String field(Context ctx, String name) {
        String value = ctx.formParam(name);
        return value == null || value.isBlank() ? null : value.replace("\r\n", "\n");
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isBlank()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static Integer number(String option, String word) {
        if (word == null) {
            return null;
        }
        boolean minus = word.startsWith("-");
        long n = Facts.parse(minus ? word.substring(1) : word);
        if (n < 0 || n > Integer.MAX_VALUE) {
            throw BgjobException.usage(option + " '" + word + "': a whole number is needed");
        }
        return (int) (minus ? -n : n);
    }

    /**
     * @param root the directory that relative ones are below
     * @param environment the server's, as the jobs get it
     * @throws BgjobException of kind USAGE, as {@code bgjob run} says it
     */
    JobSpec spec(String root, Map<String, String> environment) {
        if (label == null) {
            throw BgjobException.usage("there is no label; give the job a name: letters, digits, '.', '_' and '-'");
        }
        if (sh == null && (command == null || command.isEmpty())) {
            throw BgjobException.usage("there is no command to run");
        }
        requireText();
        List<String> assignments = env == null ? List.of() : env;
        for (String assignment : assignments) {
            ShellCommand.requireAssignment(assignment);
        }
        List<String> words = sh == null ? command : ShellCommand.ofText(sh, command == null ? List.of() : command);
        return new JobSpec(label, login ? ShellCommand.throughLogin(environment.get("SHELL"), words) : words, directory(root), assignments,
                limits.read(), Origin.NONE, queueing.read(), target.read(), snapshot);
    }

    /** A program gets its words up to a NUL; half a character would reach it as a question mark. */
    private void requireText() {
        List<String> all = new ArrayList<>(command == null ? List.of() : command);
        all.addAll(env == null ? List.of() : env);
        all.addAll(target.sbatch());
        for (String one : new String[] {sh, cwd, limits.onExit()}) {
            all.add(one == null ? "" : one);
        }
        for (String text : all) {
            if (text.indexOf('\0') >= 0 || text.indexOf('\uFFFD') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw BgjobException.usage("'" + ShellWords.visible(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text)
                        + "' holds a character that cannot be passed on exactly: NUL, or what is no text in UTF-8");
            }
        }
    }

    private String directory(String root) {
        String path = cwd == null ? root : cwd.startsWith("/") ? cwd : root + "/" + cwd;
        if (!new File(path).isDirectory()) {
            throw BgjobException.usage("--cwd '" + (cwd == null ? root : cwd) + "' is no directory");
        }
        return path;
    }
}
