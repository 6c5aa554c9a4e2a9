package bgjob.job;

import java.util.ArrayList;
import java.util.List;

/**
 * A job's spec on one line, in clear, as the job script keeps it to be run again: names with their values, then {@code --} and the
 * command, all as {@link ShellWords#join} writes them. Unknown names are a newer bgjob's.
 */
public final class Recipe {
    /** What the line in the job script begins with. */
    public static final String PREFIX = "# recipe: ";

    private Recipe() {
    }

    /** @return the line, without a newline */
    public static String write(JobSpec spec) {
        List<String> words = new ArrayList<>();
        add(words, "cwd", spec.cwd());
        for (String assignment : spec.environment()) {
            add(words, "env", assignment);
        }
        Limits limits = spec.limits();
        if (limits != Limits.NONE) {
            add(words, "timeout", Long.toString(limits.timeout()));
            add(words, "grace", Long.toString(limits.grace()));
            add(words, "nice", Integer.toString(limits.nice()));
            add(words, "retry", Integer.toString(limits.retry()));
            add(words, "retry-delay", Long.toString(limits.retryDelay()));
            for (int code : limits.retryOn()) {
                add(words, "retry-on", Integer.toString(code));
            }
            if (limits.onExit() != null) {
                add(words, "on-exit", limits.onExit());
            }
            if (limits.maxLog() > 0) {
                add(words, "max-log", Long.toString(limits.maxLog()));
            }
            if (limits.tell()) {
                add(words, "notify", "1");
            }
        }
        Queueing queueing = spec.queueing();
        if (queueing.queue() != null) {
            add(words, "queue", queueing.queue());
            add(words, "priority", Integer.toString(queueing.priority()));
        }
        for (Queueing.After after : queueing.after()) {
            add(words, "after", after.written());
        }
        words.add("--");
        words.addAll(spec.command());
        return ShellWords.join(words);
    }

    private static void add(List<String> words, String name, String value) {
        words.add(name);
        words.add(value);
    }

    /**
     * @return the spec that {@link #write} wrote for a job of that label, or null when the line is none
     * @throws BgjobException when it asks for something that this bgjob does not know
     */
    public static JobSpec read(String label, String line) {
        List<String> words = ShellWords.split(line);
        String cwd = null;
        List<String> environment = new ArrayList<>();
        List<Integer> retryOn = new ArrayList<>();
        long[] numbers = {Limits.NONE.timeout(), Limits.NONE.grace(), Limits.NONE.nice(), Limits.NONE.retry(), Limits.NONE.retryDelay(), Limits.NONE.maxLog()};
        String onExit = null;
        boolean notify = false;
        String queue = null;
        int priority = 0;
        List<Queueing.After> after = new ArrayList<>();
        int i = 0;
        try {
            for (; i + 1 < words.size() && !words.get(i).equals("--"); i += 2) {
                String value = words.get(i + 1);
                switch (words.get(i)) {
                    case "cwd" -> cwd = value;
                    case "env" -> environment.add(value);
                    case "timeout" -> numbers[0] = Long.parseLong(value);
                    case "grace" -> numbers[1] = Long.parseLong(value);
                    case "nice" -> numbers[2] = Integer.parseInt(value);
                    case "retry" -> numbers[3] = Integer.parseInt(value);
                    case "retry-delay" -> numbers[4] = Long.parseLong(value);
                    case "retry-on" -> retryOn.add(Integer.valueOf(value));
                    case "on-exit" -> onExit = value;
                    case "notify" -> notify = value.equals("1");
                    case "max-log" -> numbers[5] = Long.parseLong(value);
                    case "queue" -> queue = value;
                    case "priority" -> priority = Integer.parseInt(value);
                    case "after" -> after.add(Queueing.After.of(value));
                    default -> throw BgjobException.failed("cannot run it again: its script asks for '" + words.get(i)
                            + "', which this bgjob does not know; use the newer bgjob that made it");
                }
            }
        } catch (NumberFormatException e) {
            return null;
        }
        if (cwd == null || i + 1 >= words.size() || !words.get(i).equals("--")) {
            return null;
        }
        Limits limits = new Limits(numbers[0], numbers[1], (int) numbers[2], (int) numbers[3], numbers[4], List.copyOf(retryOn), onExit,
                numbers[5], notify);
        return new JobSpec(label, List.copyOf(words.subList(i + 1, words.size())), cwd, List.copyOf(environment),
                limits.equals(Limits.NONE) ? Limits.NONE : limits, Origin.NONE,
                queue == null && after.isEmpty() ? Queueing.NONE : new Queueing(queue, 0, priority, List.copyOf(after)));
    }
}
