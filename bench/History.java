package bench;

import bench.Statistics.Estimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What commands cost with few and with many old jobs. */
final class History implements Part {
    private static final List<String> FLAT = List.of("status L", "latest L", "run L -- true", "follow L", "list -n 20");
    private static final double LIMIT = 1.2;
    private static final int JOBS_A_LABEL = 20;

    /** Old jobs in one place; they have labels of their own in number, or all the same. */
    private record Past(int jobs, boolean manyLabels, Path folder) {
        int labels() {
            return manyLabels ? Math.max(1, jobs / JOBS_A_LABEL) : 1;
        }

        /** @return a label whose newest job is in the middle of the history */
        String label() {
            return Records.label(labels() / 2);
        }

        /** @return another one, lest {@code run} makes the first one's newest job a new one */
        String labelToRun() {
            return Records.label(labels() / 3);
        }

        String command(String command) {
            return command + ", " + Page.number(jobs) + (manyLabels ? " jobs" : " jobs of one label");
        }
    }

    @Override
    public String name() {
        return "history";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        List<Past> pasts = new ArrayList<>();
        for (boolean manyLabels : new boolean[] {true, false}) {
            for (int jobs : lab.plan().histories()) {
                Past past = new Past(jobs, manyLabels, lab.place().folder("history-" + jobs + (manyLabels ? "-labels" : "-label")));
                lab.bgjob().addHistory(past.folder, jobs, past.labels());
                pasts.add(past);
            }
        }
        Map<String, Double> first = new LinkedHashMap<>();
        Map<String, String> jdk = Subject.on(lab.newest());
        for (Past past : pasts) { // an index, if any, is built here
            first.put(past.command("first"), lab.place().time(past.folder, jdk, ProcessBuilder.Redirect.DISCARD,
                    lab.bgjob().call("status", past.label())));
        }
        Race race = new Race(lab.place(), lab.place().folder("history"), jdk);
        Race scans = new Race(lab.place(), lab.place().folder("history"), jdk);
        for (boolean manyLabels : new boolean[] {true, false}) {
            for (String command : FLAT) {
                race.group();
                for (Past past : pasts) {
                    if (past.manyLabels == manyLabels) {
                        race.add(past.command(command), call(lab, past, command));
                    }
                }
            }
        }
        scans.group();
        for (Past past : pasts) {
            if (past.manyLabels) {
                scans.add(past.command("list --all"), lab.bgjob().call("list", "--all", "--dir", past.folder.resolve(".logs").toString()));
            }
        }
        Map<String, double[]> times = race.run(lab.plan().rounds());
        Map<String, double[]> scanned = scans.run(lab.plan().scans());
        times.putAll(scanned);
        page.raw("history", times);
        report(lab, page, times, first);
        for (int jobs : lab.plan().histories()) {
            for (boolean manyLabels : new boolean[] {true, false}) {
                Place.delete(lab.place().file("history-" + jobs + (manyLabels ? "-labels" : "-label")));
            }
        }
    }

    private static String[] call(Lab lab, Past past, String command) {
        List<String> words = new ArrayList<>(List.of(command.replace("L", command.startsWith("run") ? past.labelToRun() : past.label()).split(" ")));
        words.addAll(1, List.of("--dir", past.folder.resolve(".logs").toString()));
        return lab.bgjob().call(words.toArray(new String[0]));
    }

    private static void report(Lab lab, Page page, Map<String, double[]> times, Map<String, Double> first) {
        List<Integer> histories = lab.plan().histories();
        page.section("Cost against history", "The same call in folders with few and with many old jobs, on " + lab.newest() + ". Rounds: "
                + lab.plan().rounds() + ". *Labels*: " + JOBS_A_LABEL + " jobs each, and the label asked for has its newest in the middle of "
                + "the history; *one label*: all jobs have the label asked for. The `run`s of the rounds add to the history.");
        List<String> head = new ArrayList<>(List.of("command", "old jobs are of"));
        histories.forEach(jobs -> head.add(Page.number(jobs) + " jobs"));
        int few = histories.get(0);
        int many = histories.get(histories.size() - 1);
        head.add(Page.number(many) + " / " + Page.number(few) + " (95 % interval)");
        List<List<String>> rows = new ArrayList<>();
        for (boolean manyLabels : new boolean[] {true, false}) {
            for (String command : FLAT) {
                List<String> row = new ArrayList<>(List.of("`bgjob " + command + "`", manyLabels ? "labels" : "one label"));
                histories.forEach(jobs -> row.add(Page.millis(Statistics.median(times.get(new Past(jobs, manyLabels, null).command(command))))));
                Estimate ratio = Statistics.ratio(times.get(new Past(many, manyLabels, null).command(command)),
                        times.get(new Past(few, manyLabels, null).command(command)));
                row.add(Page.ratio(ratio));
                rows.add(row);
                page.promise("`bgjob " + command + "` with " + Page.number(many) + " old jobs of " + (manyLabels ? "many labels" : "one label")
                        + " / with " + Page.number(few), LIMIT, ratio);
            }
        }
        List<String> all = new ArrayList<>(List.of("`bgjob list --all`", "labels"));
        histories.forEach(jobs -> all.add(Page.millis(Statistics.median(times.get(new Past(jobs, true, null).command("list --all"))))));
        all.add(perJob(times, histories));
        rows.add(all);
        for (boolean manyLabels : new boolean[] {true, false}) {
            List<String> row = new ArrayList<>(List.of("the first `bgjob status L`, once", manyLabels ? "labels" : "one label"));
            histories.forEach(jobs -> row.add(Page.millis(first.get(new Past(jobs, manyLabels, null).command("first")))));
            row.add("");
            rows.add(row);
        }
        page.table(head, rows);
    }

    /** A command that shows all jobs may cost a fixed amount for each, and no more. */
    private static String perJob(Map<String, double[]> times, List<Integer> histories) {
        List<String> steps = new ArrayList<>();
        for (int i = 1; i < histories.size(); i++) {
            int jobs = histories.get(i) - histories.get(i - 1);
            double more = Statistics.median(times.get(new Past(histories.get(i), true, null).command("list --all")))
                    - Statistics.median(times.get(new Past(histories.get(i - 1), true, null).command("list --all")));
            steps.add(Page.millis(1000 * more / jobs));
        }
        return "each 1,000 jobs more: " + String.join(", ", steps);
    }
}
