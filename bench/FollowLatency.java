package bench;

import bench.Statistics.Estimate;
import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** How long a line that a job writes takes until {@code follow} has shown it. */
final class FollowLatency implements Part {
    private static final String OURS = "bgjob follow";
    private static final String TAIL = "tail -F";
    private static final double LIMIT_MILLIS = 50;
    /** Between two lines, in milliseconds: odd times, so that no polling can be in step with them. */
    private static final int LEAST_PAUSE = 10;
    private static final int MOST_PAUSE = 35;

    private final Random random = new Random();

    @Override
    public String name() {
        return "follow";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        int rounds = lab.plan().followRounds();
        int lines = lab.plan().lines();
        Map<String, double[]> latencies = new LinkedHashMap<>();
        Map<String, double[]> p99 = new LinkedHashMap<>();
        for (String name : new String[] {OURS, TAIL}) {
            latencies.put(name, new double[rounds * lines]);
            p99.put(name, new double[rounds]);
        }
        for (int round = 0; round < rounds; round++) {
            List<String> order = random.nextBoolean() ? List.of(OURS, TAIL) : List.of(TAIL, OURS);
            for (String name : order) {
                double[] millis = follow(lab, name, lines);
                System.arraycopy(millis, 0, latencies.get(name), round * lines, lines);
                p99.get(name)[round] = Statistics.percentile(millis, 0.99);
            }
        }
        page.raw("follow", latencies);
        report(lab, page, latencies, p99);
    }

    private double[] follow(Lab lab, String name, int lines) throws Exception {
        Path folder = lab.place().folder("follow");
        lab.place().run(folder, "mkfifo", "fifo");
        lab.bgjob().run(folder, "run", "lines", "--", "cat", folder.resolve("fifo").toString());
        String[] words = name.equals(OURS) ? lab.bgjob().call("follow", "lines")
                : new String[] {"tail", "-n", "+1", "-F", lab.bgjob().run(folder, "latest", "lines").strip()};
        long[] written = new long[lines + 1];
        long[] shown = new long[lines + 1];
        try (OutputStream fifo = new FileOutputStream(folder.resolve("fifo").toFile())) {
            Process display = lab.place().command(folder, Subject.on(lab.newest()), words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            AtomicInteger last = new AtomicInteger(-1);
            Thread reader = new Thread(() -> read(display, shown, last));
            reader.setDaemon(true);
            reader.start();
            for (int i = 0; i <= lines; i++) {
                written[i] = System.nanoTime();
                fifo.write((i + "\n").getBytes(StandardCharsets.US_ASCII));
                if (i == 0) { // the first one says that the display has started, and is not counted
                    Place.await(name + " shows the first line", 60, () -> last.get() == 0);
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(1000L * LEAST_PAUSE + random.nextInt(1000 * (MOST_PAUSE - LEAST_PAUSE))));
            }
            Place.await(name + " shows all lines", 60, () -> last.get() == lines);
            display.destroy();
            display.waitFor();
        }
        lab.bgjob().run(folder, "wait", "lines");
        Place.delete(folder);
        double[] millis = new double[lines];
        Arrays.setAll(millis, i -> (shown[i + 1] - written[i + 1]) / 1e6);
        return millis;
    }

    private static void read(Process display, long[] shown, AtomicInteger last) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(display.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long now = System.nanoTime();
                int number = Integer.parseInt(line);
                shown[number] = now;
                last.set(number);
            }
        } catch (IOException e) {
            // the display has been ended
        }
    }

    private static void report(Lab lab, Page page, Map<String, double[]> latencies, Map<String, double[]> p99) {
        page.section("Following", "A job (`cat` of a pipe) is given a line every " + LEAST_PAUSE + " to " + MOST_PAUSE + " ms; the time runs from before the line "
                + "is written into the pipe until it is read from what the display prints. Rounds: " + lab.plan().followRounds() + ", in random order, of "
                + lab.plan().lines() + " lines each.");
        List<List<String>> rows = latencies.entrySet().stream().map(entry -> List.of("`" + entry.getKey() + "`",
                Page.millis(Statistics.median(entry.getValue())), Page.millis(Statistics.percentile(entry.getValue(), 0.99)),
                Page.millis(Statistics.percentile(entry.getValue(), 1)))).toList();
        page.table(List.of("display", "median", "99 % of the lines within", "slowest"), rows);
        Estimate rounds = Statistics.spread(p99.get(OURS));
        double all = Statistics.percentile(latencies.get(OURS), 0.99);
        page.promise("line written → line shown by `follow`, 99 % of the lines within", "≤ 50 ms", Page.millis(all) + " (rounds: "
                + Page.millis(rounds.low()) + " – " + Page.millis(rounds.high()) + ")", all, LIMIT_MILLIS, rounds);
        double ours = Statistics.median(latencies.get(OURS));
        double tail = Statistics.median(latencies.get(TAIL));
        if (ours > tail) {
            page.lost("Following: half of the lines are shown within " + Page.millis(ours) + ", by `tail -F` within " + Page.millis(tail) + ".");
        }
    }
}
