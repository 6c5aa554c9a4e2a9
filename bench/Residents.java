package bench;

import bench.Marked.Memory;
import bench.Statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The memory of everything that stays beside running jobs: leaders, servers, daemons, waiting clients. */
final class Residents implements Part {
    private static final double LIMIT_MEBIBYTES = 2;
    private static final int SETTLE_SECONDS = 1;

    /** What is there beside the jobs, and how much memory it has. */
    private record Beside(Map<String, Integer> programs, Memory memory) {
        static Beside look(String mark) {
            Map<String, Integer> programs = new TreeMap<>();
            Memory sum = new Memory(0, 0);
            for (Marked process : Marked.all(mark)) {
                if (!Peers.isJob(process)) {
                    programs.merge(process.program(), 1, Integer::sum);
                    sum = sum.plus(process.memory());
                }
            }
            return new Beside(programs, sum);
        }

        String names() {
            List<String> names = new ArrayList<>();
            programs.forEach((name, count) -> names.add(count + " `" + name + "`"));
            return String.join(", ", names);
        }
    }

    /** Starts that many jobs. */
    private interface Starter {
        void start(Path folder, Map<String, String> more, int jobs) throws Exception;
    }

    @Override
    public String name() {
        return "memory";
    }

    private static Map<String, Starter> starters(Lab lab) {
        Place place = lab.place();
        Peers peers = lab.peers();
        Map<String, Starter> starters = new LinkedHashMap<>();
        starters.put("bgjob", (folder, more, jobs) -> {
            for (int i = 0; i < jobs; i++) {
                place.run(folder, more, lab.bgjob().call("run", "job" + i, "--", "sleep", Peers.SLEEP));
            }
        });
        if (peers.has("nq")) { // a queue each, as one would run them one after the other
            starters.put("nq", (folder, more, jobs) -> {
                for (int i = 0; i < jobs; i++) {
                    Map<String, String> own = new HashMap<>(more);
                    own.put("NQDIR", Files.createDirectories(folder.resolve("nq" + i)).toString());
                    place.run(folder, own, "nq", "sleep", Peers.SLEEP);
                }
            });
        }
        if (peers.has("tsp")) {
            starters.put("task-spooler", (folder, more, jobs) -> peers.startTaskSpooler(folder, more, jobs, jobs));
        }
        if (peers.has("parallel")) {
            starters.put("parallel", (folder, more, jobs) -> {
                Path list = Files.write(folder.resolve("list"), Collections.nCopies(jobs, Peers.SLEEP));
                place.command(folder, more, "parallel", "--will-cite", "-j", Integer.toString(jobs), "sleep", "{}").redirectInput(list.toFile())
                        .redirectErrorStream(true).redirectOutput(folder.resolve("printed").toFile()).start();
            });
        }
        if (peers.has("supervisord")) {
            starters.put("supervisord", peers::startSupervisor);
        }
        if (peers.has("pm2")) {
            starters.put("pm2", peers::startPm2);
        }
        return starters;
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        Map<String, double[]> raw = new LinkedHashMap<>();
        int most = lab.plan().running().get(lab.plan().running().size() - 1);
        Map<String, Memory> last = new LinkedHashMap<>();
        for (Map.Entry<String, Starter> starter : starters(lab).entrySet()) {
            for (int jobs : lab.plan().running()) {
                Beside beside = measure(lab, starter.getKey() + jobs, starter.getValue(), jobs);
                Memory memory = beside.memory;
                double resident = memory.resident() / 1024.0;
                double proportional = memory.proportional() / 1024.0;
                rows.add(List.of(starter.getKey(), Integer.toString(jobs), beside.names(), Page.mebibytes(proportional),
                        Page.mebibytes(proportional / jobs), Page.mebibytes(resident / jobs)));
                raw.put(starter.getKey() + ", " + jobs + " jobs: PSS and RSS in KiB", new double[] {memory.proportional(), memory.resident()});
                last.put(starter.getKey(), memory);
                if (starter.getKey().equals("bgjob") && jobs == most) {
                    double each = resident / jobs;
                    boolean onlyShells = beside.programs.size() == 1 && beside.programs.values().iterator().next() == jobs;
                    page.promise("resident memory beside a running job: one `sh` and no JVM", "≤ 2 MiB", Page.mebibytes(each) + ", " + beside.names(),
                            onlyShells ? each : Double.MAX_VALUE, LIMIT_MEBIBYTES, new Estimate(each, each, each));
                }
            }
        }
        page.raw("memory", raw);
        page.section("Memory", "Everything beside the jobs' own command (`sleep`), by `/proc/PID/smaps_rollup`: PSS divides what processes share among "
                + "them, RSS counts it for each. nq has a queue for each job here, and task-spooler and parallel as many slots as jobs.");
        page.table(List.of("runner", "jobs", "processes beside them", "PSS in all", "PSS a job", "RSS a job"), rows);
        last.forEach((name, memory) -> page.compared("Beside " + most + " running jobs, bgjob has", ratio(last.get("bgjob"), memory),
                "the memory (PSS) of " + name));
    }

    private static Estimate ratio(Memory ours, Memory theirs) {
        double ratio = (double) ours.proportional() / theirs.proportional();
        return new Estimate(ratio, ratio, ratio);
    }

    private static Beside measure(Lab lab, String name, Starter starter, int jobs) throws Exception {
        Path folder = lab.place().folder("memory-" + name);
        String mark = lab.place().mark() + "-" + name + ".";
        Map<String, String> more = new HashMap<>(Peers.state(folder));
        more.put(Marked.VARIABLE, mark);
        starter.start(folder, more, jobs);
        Peers.awaitJobs(mark, jobs);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(SETTLE_SECONDS));
        Beside beside = Beside.look(mark);
        Marked.end(mark);
        Place.delete(folder);
        return beside;
    }
}
