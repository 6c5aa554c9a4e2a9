package bgjob.web;

import bgjob.job.BgjobException;
import bgjob.job.Durations;
import bgjob.job.JobSpec;
import bgjob.job.Limits;
import bgjob.job.Queueing;
import bgjob.job.Redaction;
import bgjob.job.ShellWords;
import bgjob.job.Sizes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options that a job was started with, by the names that {@code bgjob run} has for them, secrets masked. */
final class Limitations {
    private Limitations() {
    }

    static Map<String, String> of(Repos.Found found) {
        Map<String, String> options = new LinkedHashMap<>();
        try {
            JobSpec spec = found.jobs().spec(found.id());
            spec.environment().forEach(assignment -> options.merge("--env", String.join(" ", Redaction.mask(List.of(assignment))), (a, b) -> a + " " + b));
            add(options, spec.limits());
            add(options, spec.queueing());
            if (!spec.target().options().isEmpty()) {
                options.put("--sbatch", ShellWords.join(Redaction.mask(spec.target().options())));
            }
        } catch (BgjobException e) {
            // an older record, or a newer one, does not tell
        }
        return options;
    }

    private static void add(Map<String, String> options, Limits limits) {
        if (limits.timeout() > 0) {
            options.put("--timeout", Durations.format(limits.timeout() * 1000));
            options.put("--grace", Durations.format(limits.grace() * 1000));
        }
        if (limits.nice() != 0) {
            options.put("--nice", "" + limits.nice());
        }
        if (limits.retry() > 0) {
            options.put("--retry", "" + limits.retry());
            options.put("--retry-delay", Durations.format(limits.retryDelay() * 1000));
        }
        if (!limits.retryOn().isEmpty()) {
            options.put("--retry-on", limits.retryOn().toString().replaceAll("[\\[\\] ]", ""));
        }
        if (limits.onExit() != null) {
            options.put("--on-exit", Redaction.mask(limits.onExit()));
        }
        if (limits.maxLog() > 0) {
            options.put("--max-log", Sizes.format(limits.maxLog()));
        }
        if (limits.tell()) {
            options.put("--notify", "");
        }
    }

    private static void add(Map<String, String> options, Queueing queueing) {
        for (Queueing.After after : queueing.after()) {
            options.merge("--after", after.written(), (a, b) -> a + " " + b);
        }
    }
}
