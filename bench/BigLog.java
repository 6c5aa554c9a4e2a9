package bench;

import bench.Statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A job that writes much, against the same command with its output in a file. */
final class BigLog implements Part {
    private static final String PLAIN = "CMD > file";
    private static final String OURS = "bgjob run";
    private static final double LIMIT = 1.02;
    /** Says by itself how long it wrote, in nanoseconds. */
    private static final String WRITER = "s=$(date +%s%N); head -c \"$1\" /dev/zero; e=$(date +%s%N); echo $((e - s)) >\"$2\"";

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        int rounds = lab.plan().logRounds();
        Map<String, double[]> wrote = new LinkedHashMap<>();
        Map<String, double[]> whole = new LinkedHashMap<>();
        for (String name : new String[] {PLAIN, OURS}) {
            wrote.put(name, new double[rounds]);
            whole.put(name, new double[rounds]);
        }
        Random random = new Random();
        for (int round = -1; round < rounds; round++) {
            List<String> order = random.nextBoolean() ? List.of(PLAIN, OURS) : List.of(OURS, PLAIN);
            for (String name : order) {
                Path folder = lab.place().folder("log");
                lab.place().run(folder, "sync"); // what was written before must not be written back now
                Path told = folder.resolve("told");
                String[] writer = {"sh", "-c", WRITER, "writer", Long.toString(lab.plan().logBytes()), told.toString()};
                double millis = name.equals(PLAIN) ? plain(lab, folder, writer) : job(lab, folder, writer);
                if (round >= 0) {
                    wrote.get(name)[round] = Long.parseLong(Files.readString(told).strip()) / 1e6;
                    whole.get(name)[round] = millis;
                }
                Place.delete(folder);
            }
        }
        page.raw("log, writing", wrote);
        page.raw("log, start to end", whole);
        report(lab, page, wrote, whole);
    }

    private static double plain(Lab lab, Path folder, String... writer) throws Exception {
        Path file = folder.resolve("file");
        double millis = lab.place().time(folder, Map.of(), ProcessBuilder.Redirect.to(file.toFile()), writer);
        check(file, lab);
        return millis;
    }

    private static double job(Lab lab, Path folder, String... writer) throws Exception {
        String[] call = lab.bgjob().call("run", "big", "--wait", "--");
        String[] words = java.util.Arrays.copyOf(call, call.length + writer.length);
        System.arraycopy(writer, 0, words, call.length, writer.length);
        double millis = lab.place().time(folder, Subject.on(lab.newest()), ProcessBuilder.Redirect.DISCARD, words);
        check(Path.of(lab.bgjob().run(folder, "latest", "big").strip()), lab);
        return millis;
    }

    private static void check(Path file, Lab lab) throws Exception {
        if (Files.size(file) != lab.plan().logBytes()) {
            throw new IllegalStateException(file + " has " + Files.size(file) + " bytes");
        }
    }

    private static void report(Lab lab, Page page, Map<String, double[]> wrote, Map<String, double[]> whole) {
        String size = Page.number(lab.plan().logBytes() >> 20) + " MiB";
        page.section("A big log", size + " from `head -c … /dev/zero`, as a job and into a file on the same file system, in random order, after `sync`. Rounds: "
                + lab.plan().logRounds() + ". The writer takes its own time; *start to end* is the whole call, for bgjob `run --wait`, "
                + "which starts a Java, asks whether the job has ended, and says so.");
        page.table(List.of("what", "`CMD > file`", "bgjob", "bgjob / file (95 % interval)"),
                List.of(line("writing", wrote), line("start to end", whole)));
        Estimate ratio = Statistics.ratio(wrote.get(OURS), wrote.get(PLAIN));
        page.promise("writing " + size + " as a job / `CMD > file`", LIMIT, ratio);
        page.compared("A job with " + size + " of output takes",
                Statistics.ratio(whole.get(OURS), whole.get(PLAIN)), "as long as `CMD > file`, its start and end included");
    }

    private static List<String> line(String what, Map<String, double[]> times) {
        return List.of(what, spread(times.get(PLAIN)), spread(times.get(OURS)), Page.ratio(Statistics.ratio(times.get(OURS), times.get(PLAIN))));
    }

    private static String spread(double[] values) {
        Estimate spread = Statistics.spread(values);
        return Page.millis(spread.value()) + " (" + Page.millis(spread.low()) + " – " + Page.millis(spread.high()) + ")";
    }
}
