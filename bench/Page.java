package bench;

import bench.Statistics.Estimate;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** docs/benchmarks.md while it is being written: the promises, where bgjob loses, and a section for each part. */
final class Page {
    private final List<String> promises = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();
    private final JsonObject raw = new JsonObject();

    static String ratio(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.3f×" : value < 10 ? "%.2f×" : "%.0f×", value);
    }

    static String millis(double value) {
        return value < 10_000 ? String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.1f ms", value) : String.format(Locale.ROOT, "%.1f s", value / 1000);
    }

    static String mebibytes(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f MiB" : "%.1f MiB", value);
    }

    /** @return a ratio and the interval around it */
    static String ratio(Estimate estimate) {
        return ratio(estimate.value()) + " (" + ratio(estimate.low()) + " – " + ratio(estimate.high()) + ")";
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A row of the table of promises. */
    void promise(String what, String target, String measured, double value, double limit, Estimate interval) {
        String met = value <= limit ? "yes" : "**no**";
        if (interval.low() <= limit && interval.high() > limit) {
            met += ", narrowly";
        }
        promises.add(row(what, target, measured, met));
    }

    /** A promise about a ratio. */
    void promise(String what, double limit, Estimate ratio) {
        promise(what, "≤ " + limit + "×", ratio(ratio), ratio.value(), limit, ratio);
    }

    /** A promise that could not be measured here. */
    void unmeasured(String what, String target, String why) {
        promises.add(row(what, target, "not measured: " + why, "–"));
    }

    /**
     * Takes down a comparison with another program, if bgjob loses it.
     *
     * @param ours as in "X takes"
     * @param theirs as in "as long as Y"
     */
    void compared(String ours, Estimate ratio, String theirs) {
        if (ratio.value() > 1) {
            losses.add("- " + ours + " " + ratio(ratio.value()) + " " + theirs + ".");
        }
    }

    /** Takes down a loss in other words. */
    void lost(String sentence) {
        losses.add("- " + sentence);
    }

    void section(String title, String prose) {
        sections.append("\n## ").append(title).append("\n\n").append(prose.strip()).append('\n');
    }

    void prose(String prose) {
        sections.append('\n').append(prose.strip()).append('\n');
    }

    void table(List<String> head, List<List<String>> rows) {
        sections.append('\n').append(row(head.toArray(new String[0]))).append("\n|").append("---|".repeat(head.size())).append('\n');
        rows.forEach(cells -> sections.append(row(cells.toArray(new String[0]))).append('\n'));
    }

    /** Keeps what the figures were made of. */
    void raw(String part, Map<String, double[]> values) {
        JsonObject series = new JsonObject();
        values.forEach((name, numbers) -> {
            JsonArray array = new JsonArray();
            for (double number : numbers) {
                array.add(Math.round(number * 1000) / 1000.0);
            }
            series.add(name, array);
        });
        raw.add(part, series);
    }

    JsonObject raw() {
        return raw;
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    String text(String introduction, String ending) {
        StringBuilder text = new StringBuilder("# Benchmarks\n\n").append(introduction.strip()).append('\n');
        if (!promises.isEmpty()) {
            text.append("\n## What is promised\n\n").append(row("what", "target", "measured (95 % interval)", "met")).append("\n|---|---|---|---|\n")
                    .append(String.join("\n", promises)).append('\n');
        }
        if (!losses.isEmpty()) {
            text.append("\n## Where bgjob loses\n\n").append(String.join("\n", losses)).append('\n');
        }
        return text.append(sections).append('\n').append(ending.strip()).append('\n').toString();
    }
}
