package bgjob.log;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The differences between two logs, line by line, as diff(1) tells them. Of a long log only the end is compared, so that the cost is
 * bounded (docs/decisions/0017-java-diff-utils.md).
 *
 * @param hunks the places where they differ, in order; empty when the logs are the same
 * @param removed how many lines only the old one has
 * @param added how many lines only the new one has
 * @param cut whether only the ends were compared
 */
public record LogDiff(List<Hunk> hunks, int removed, int added, boolean cut) {
    /** The end of a log that is compared, in bytes. */
    public static final int MOST_BYTES = 4 << 20;
    /** The end of a log that is compared, in lines. */
    public static final int MOST_LINES = 20_000;

    private static final int CONTEXT = 3;

    /** Takes copies: what was answered never changes. */
    public LogDiff {
        hunks = List.copyOf(hunks);
    }

    /**
     * A place where they differ, with the lines around it.
     *
     * @param oldStart the first line in the old log, from 1, counted from where the comparison begins
     * @param oldCount how many lines of the old log it covers
     * @param newStart the same of the new log
     * @param newCount the same of the new log
     * @param lines each with a blank, {@code -} or {@code +} in front
     */
    public record Hunk(int oldStart, int oldCount, int newStart, int newCount, List<String> lines) {
        /** Takes copies: what was answered never changes. */
        public Hunk {
            lines = List.copyOf(lines);
        }
    }

    /**
     * @param ignoreTimes whether lines are the same that differ in dates, times and lengths of time only
     * @throws bgjob.job.BgjobException when a log is missing or cannot be read
     */
    public static LogDiff of(LogFile before, LogFile after, boolean ignoreTimes) {
        boolean[] cut = new boolean[1];
        List<String> old = lines(before, cut);
        List<String> fresh = lines(after, cut);
        Map<String, Integer> numbers = new HashMap<>();
        int[] a = numbered(old, numbers, ignoreTimes);
        int[] b = numbered(fresh, numbers, ignoreTimes);
        boolean[] gone = new boolean[a.length];
        boolean[] come = new boolean[b.length];
        mark(a, b, numbers.size(), gone, come);
        return new LogDiff(hunks(old, fresh, gone, come), count(gone), count(come), cut[0]);
    }

    private static List<String> lines(LogFile log, boolean[] cut) {
        long size = log.size();
        long from = Math.max(0, size - MOST_BYTES);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (size - from));
        log.copy(from, size, bytes::write);
        List<String> lines = new ArrayList<>(Arrays.asList(bytes.toString(StandardCharsets.UTF_8).split("\n", -1)));
        lines.replaceAll(LogDiff::seen);
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1); // behind the last newline begins no line
        }
        if (from > 0 && lines.size() > 1) {
            lines.remove(0); // its beginning is missing
        }
        int more = Math.max(0, lines.size() - MOST_LINES);
        cut[0] |= from > 0 || more > 0;
        return lines.subList(more, lines.size());
    }

    /** Of a line that was written over, by carriage returns, what a terminal shows at the end. */
    private static String seen(String line) {
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        return line.substring(line.lastIndexOf('\r', end - 1) + 1, end);
    }

    /** Equal lines get equal numbers. */
    private static int[] numbered(List<String> lines, Map<String, Integer> numbers, boolean ignoreTimes) {
        int[] numbered = new int[lines.size()];
        for (int i = 0; i < numbered.length; i++) {
            String key = ignoreTimes ? TimeMask.mask(lines.get(i)) : lines.get(i);
            Integer next = numbers.size();
            Integer known = numbers.putIfAbsent(key, next);
            numbered[i] = known == null ? next : known;
        }
        return numbered;
    }

    /** What begins and ends alike, and lines that only one of them has, need no search; that is most of it. */
    private static void mark(int[] a, int[] b, int numbers, boolean[] gone, boolean[] come) {
        int from = 0;
        while (from < a.length && from < b.length && a[from] == b[from]) {
            from++;
        }
        int tail = 0;
        while (tail < a.length - from && tail < b.length - from && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
            tail++;
        }
        List<Integer> placesA = common(a, b, from, tail, numbers, gone);
        List<Integer> placesB = common(b, a, from, tail, numbers, come);
        for (Change change : new MyersDiffWithLinearSpace<Integer>().computeDiff(values(a, placesA), values(b, placesB), null)) {
            for (int i = change.startOriginal; i < change.endOriginal; i++) {
                gone[placesA.get(i)] = true;
            }
            for (int i = change.startRevised; i < change.endRevised; i++) {
                come[placesB.get(i)] = true;
            }
        }
    }

    /** @return the places of lines that the other has too; all others are marked */
    private static List<Integer> common(int[] lines, int[] others, int from, int tail, int numbers, boolean[] only) {
        boolean[] there = new boolean[numbers];
        for (int i = from; i < others.length - tail; i++) {
            there[others[i]] = true;
        }
        List<Integer> places = new ArrayList<>();
        for (int i = from; i < lines.length - tail; i++) {
            only[i] = !there[lines[i]];
            if (!only[i]) {
                places.add(i);
            }
        }
        return places;
    }

    private static List<Integer> values(int[] lines, List<Integer> places) {
        List<Integer> values = new ArrayList<>(places.size());
        for (int place : places) {
            values.add(lines[place]);
        }
        return values;
    }

    private static List<Hunk> hunks(List<String> old, List<String> fresh, boolean[] gone, boolean[] come) {
        List<Hunk> hunks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        int a = 0;
        int b = 0;
        int startA = 0;
        int startB = 0;
        int same = 0; // lines since the last difference
        boolean differs = false;
        while (a < gone.length || b < come.length) {
            if (a < gone.length && gone[a]) {
                lines.add("-" + old.get(a++));
                same = 0;
                differs = true;
            } else if (b < come.length && come[b]) {
                lines.add("+" + fresh.get(b++));
                same = 0;
                differs = true;
            } else {
                lines.add(" " + fresh.get(b));
                a++;
                b++;
                same++;
                if (differs && same > 2 * CONTEXT) {
                    int extra = same - CONTEXT;
                    hunks.add(hunk(lines.subList(0, lines.size() - extra), startA, startB));
                    lines = new ArrayList<>(lines.subList(lines.size() - CONTEXT, lines.size()));
                    differs = false;
                } else if (!differs && lines.size() > CONTEXT) {
                    lines.remove(0);
                }
                if (!differs) {
                    startA = a - lines.size();
                    startB = b - lines.size();
                }
            }
        }
        if (differs) {
            hunks.add(hunk(lines.subList(0, lines.size() - Math.max(0, same - CONTEXT)), startA, startB));
        }
        return hunks;
    }

    /** As diff(1) counts: a side without lines is named by the line before it. */
    private static Hunk hunk(List<String> lines, int startA, int startB) {
        int countA = 0;
        int countB = 0;
        for (String line : lines) {
            countA += line.charAt(0) == '+' ? 0 : 1;
            countB += line.charAt(0) == '-' ? 0 : 1;
        }
        return new Hunk(startA + (countA > 0 ? 1 : 0), countA, startB + (countB > 0 ? 1 : 0), countB, List.copyOf(lines));
    }

    private static int count(boolean[] marks) {
        int n = 0;
        for (boolean mark : marks) {
            n += mark ? 1 : 0;
        }
        return n;
    }
}
