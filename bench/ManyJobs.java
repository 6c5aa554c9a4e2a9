package bench;

import bench.Statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Very many short jobs: one call each, and from one list. */
final class ManyJobs implements Part {
    private static final String OURS = "bgjob run";
    private static final String BATCH = "bgjob batch";
    private static final String PARALLEL = "parallel";

    @Override
    public String name() {
        return "many";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        int jobs = lab.plan().many();
        int slots = Runtime.getRuntime().availableProcessors();
        Map<String, String> scripts = scripts(lab, jobs, slots);
        Map<String, double[]> seconds = new LinkedHashMap<>();
        scripts.keySet().forEach(name -> seconds.put(name, new double[lab.plan().manyRounds()]));
        Map<String, double[]> after = new LinkedHashMap<>();
        for (int round = 0; round < lab.plan().manyRounds(); round++) {
            List<String> order = new ArrayList<>(scripts.keySet());
            Collections.shuffle(order);
            for (String name : order) {
                Path folder = lab.place().folder("many");
                Map<String, String> more = new HashMap<>(Peers.state(folder));
                more.putAll(Subject.on(lab.newest()));
                String mark = lab.place().mark() + "-many.";
                more.put(Marked.VARIABLE, mark);
                Files.write(folder.resolve("list"), IntStream.rangeClosed(1, jobs).mapToObj(Integer::toString).toList());
                double millis = lab.place().time(folder, more, ProcessBuilder.Redirect.DISCARD, "sh", "-euc", scripts.get(name), lab.bgjob().call()[0]);
                seconds.get(name)[round] = millis / 1000;
                if (name.startsWith("bgjob")) {
                    check(lab, folder, name.equals(BATCH) ? 1 : jobs); // a batch is one job
                }
                if (round == 0) {
                    after.putAll(askAfterwards(lab, folder, more, name));
                }
                Marked.end(mark);
                Place.delete(folder);
            }
        }
        page.raw("many, seconds", seconds);
        page.raw("many, afterwards", after);
        report(lab, page, slots, seconds, after);
    }

    /** For each runner a shell script that starts all jobs and ends when the last has; bgjob is its $0. */
    private static Map<String, String> scripts(Lab lab, int jobs, int slots) throws Exception {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put(OURS, "while read -r n; do \"$0\" run \"job$n\" -- true >told; last=$n; done <list; \"$0\" wait \"job$last\" >told");
        if (lab.bgjob().has("batch")) {
            scripts.put(BATCH, "\"$0\" batch many --slots " + slots + " --from list -- true {} >told; \"$0\" wait many >told");
        }
        Peers peers = lab.peers();
        if (peers.has("nq")) {
            scripts.put("nq", "while read -r n; do nq true >told; done <list; nq -w");
        }
        if (peers.has("tsp")) {
            scripts.put("task-spooler", "tsp -S " + slots + "; while read -r n; do tsp -n true >told; done <list; tsp -w");
        }
        if (peers.has("parallel")) {
            scripts.put(PARALLEL, "parallel --will-cite -j " + slots + " true {} <list");
        }
        return scripts;
    }

    private static void check(Lab lab, Path folder, int jobs) throws Exception {
        Place.await("all jobs have ended", 120, () -> Place.names(folder.resolve(".logs")).stream().filter(name -> name.endsWith(".exit")).count() >= jobs);
        long completed = lab.bgjob().run(folder, "list", "--all", "--quiet", "--state", "completed").lines().count();
        if (completed < jobs) {
            throw new IllegalStateException("only " + completed + " of " + jobs + " jobs are completed");
        }
    }

    private static Map<String, double[]> askAfterwards(Lab lab, Path folder, Map<String, String> more, String name) throws Exception {
        Race race = new Race(lab.place(), folder, more).group();
        switch (name) {
            case OURS -> race.add("bgjob status L", lab.bgjob().call("status", "job1")).add("bgjob list -n 20", lab.bgjob().call("list", "-n", "20"))
                    .add("bgjob list --all", lab.bgjob().call("list", "--all"));
            case BATCH -> race.add("bgjob status L, of the batch", lab.bgjob().call("status", "many"));
            case "task-spooler" -> race.add("tsp -l", "tsp", "-l");
            case "nq" -> race.add("fq -a", "fq", "-a");
            default -> {
                return Map.of();
            }
        }
        return race.run(lab.plan().rounds());
    }

    private static void report(Lab lab, Page page, int slots, Map<String, double[]> seconds, Map<String, double[]> after) {
        String count = Page.number(lab.plan().many());
        page.section(count + " jobs", count + " × `true`, until the last has ended. Rounds: " + lab.plan().manyRounds() + ", in random order. `bgjob run`, nq and "
                + "task-spooler are called once for each job; parallel and `bgjob batch` read a list and have " + slots
                + " slots. nq runs one after the other; bgjob, nq and task-spooler leave a record of each, parallel none.");
        List<List<String>> rows = new ArrayList<>();
        seconds.forEach((name, values) -> {
            Estimate spread = Statistics.spread(values);
            rows.add(List.of(name, Page.millis(spread.value() * 1000), Page.millis(spread.low() * 1000) + " – " + Page.millis(spread.high() * 1000),
                    Page.millis(spread.value() * 1000 / lab.plan().many())));
            if (!name.startsWith("bgjob") && !name.equals(PARALLEL)) {
                page.compared(count + " × `bgjob run` take", Statistics.ratio(seconds.get(OURS), values), "as long as with " + name);
            }
        });
        page.table(List.of("runner", "median", "5 – 95 % of the rounds", "a job"), rows);
        String promise = "`batch` of " + count + " × `true` / GNU parallel with the same slots";
        if (!seconds.containsKey(BATCH)) {
            page.unmeasured(promise, "≤ 1.0×", "there is no `batch` yet");
        } else if (!seconds.containsKey(PARALLEL)) {
            page.unmeasured(promise, "≤ 1.0×", "GNU parallel is not installed");
        } else {
            Estimate ratio = Statistics.ratio(seconds.get(BATCH), seconds.get(PARALLEL));
            page.promise(promise, 1.0, ratio);
            page.compared("`batch` of " + count + " jobs takes", ratio, "as long as GNU parallel");
        }
        List<List<String>> asked = new ArrayList<>();
        after.forEach((name, values) -> {
            Estimate spread = Statistics.spread(values);
            asked.add(List.of("`" + name.replaceFirst(",|$", "`$0"), Page.millis(spread.value()), Page.millis(spread.low()) + " – " + Page.millis(spread.high())));
        });
        page.prose("Asked afterwards, with all these jobs known:");
        page.table(List.of("command", "median", "5 – 95 % of the rounds"), asked);
    }
}
