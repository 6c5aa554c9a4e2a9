package runner;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints each test as it ends and, when closed, the failures again, the slowest tests and the sums. */
public class Report implements TestExecutionListener {

    private static final int SLOWEST = 10;
    /** So begins the reason of a test that is skipped for want of a program; where CI is to have them all, that fails. */
    private static final String MISSING_TOOL = "missing tool:";

    private record Timing(long millis, String name) {
        @Override
        public String toString() {
            return String.format("%6d ms  %s", millis, name);
        }
    }

    private final PrintStream out;
    private final boolean everyToolExpected;
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final List<Timing> timings = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int skipped;
    private boolean closed;
    private TestPlan plan;

    public Report(PrintStream out, boolean everyToolExpected) {
        this.out = out;
        this.everyToolExpected = everyToolExpected;
    }

    /** @param plan has all tests, also where parts of it are executed side by side */
    public void of(TestPlan plan) {
        this.plan = plan;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Throwable cause = result.getThrowable().orElse(null);
        Long begun = started.remove(test.getUniqueId()); // none of the engine itself, when a part of the plan has ended before
        Timing timing = new Timing(begun == null ? 0 : (System.nanoTime() - begun) / 1_000_000, name(test));
        switch (result.getStatus()) {
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed++;
                    timings.add(timing);
                    out.println("ok   " + timing);
                }
            }
            case FAILED -> {
                timings.add(timing);
                fail(timing + "\n" + trace(cause));
            }
            case ABORTED -> skip(test, String.valueOf(cause.getMessage()));
            default -> throw new AssertionError(result);
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        skip(test, reason);
    }

    private void skip(TestIdentifier test, String reason) {
        String line = name(test) + ": " + reason;
        if (everyToolExpected && reason.contains(MISSING_TOOL)) {
            fail(line);
        } else {
            skipped += countTests(test);
            out.println("skip " + line);
        }
    }

    private int countTests(TestIdentifier test) {
        Set<TestIdentifier> descendants = plan.getDescendants(test);
        return Math.max(1, (int) descendants.stream().filter(TestIdentifier::isTest).count());
    }

    public synchronized void fail(String what) {
        failures.add(what);
        out.println("FAIL " + what);
    }

    public synchronized boolean passed() {
        return failures.isEmpty() && passed + skipped > 0;
    }

    /** Also after an interruption: the sums are those so far. */
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (timings.size() > SLOWEST) {
            out.println("\nslowest:");
            timings.stream().sorted(Comparator.comparingLong(Timing::millis).reversed()).limit(SLOWEST).forEach(out::println);
        }
        if (!failures.isEmpty()) {
            out.println("\nfailures:");
            failures.forEach(out::println);
        }
        out.println("\n" + passed + " passed, " + failures.size() + " failed, " + skipped + " skipped");
        out.flush();
    }

    /** The names from the class down, since several classes may have a test of one name. */
    private String name(TestIdentifier test) {
        Deque<String> names = new ArrayDeque<>();
        TestIdentifier current = test;
        while (current != null && current.getParentId().isPresent()) {
            names.addFirst(current.getDisplayName());
            boolean topClass = current.getSource().filter(ClassSource.class::isInstance)
                    .filter(source -> !((ClassSource) source).getClassName().contains("$")).isPresent();
            current = topClass ? null : plan.getParent(current).orElse(null);
        }
        return onOneLine(names.isEmpty() ? test.getDisplayName() : String.join(" · ", names));
    }

    /** A test's parameters may hold anything. */
    private static String onOneLine(String name) {
        StringBuilder line = new StringBuilder();
        name.chars().forEach(c -> line.append(Character.isISOControl(c) ? String.format("\\u%04x", c) : String.valueOf((char) c)));
        return line.toString();
    }

    private static String trace(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text, true));
        return text.toString().lines()
                .filter(line -> !line.matches("\\s+at (app//)?(org\\.junit\\.|java\\.base[@/]).*"))
                .filter(line -> !line.matches("\\s+Suppressed: org\\.junit.*"))
                .map(line -> "     " + line)
                .collect(Collectors.joining("\n"));
    }
}
