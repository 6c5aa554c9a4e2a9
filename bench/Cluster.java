package bench;

import bench.Statistics.Estimate;
import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs on Slurm, on the tests' own cluster of two nodes on this machine: what bgjob costs beside Slurm's own programs. */
final class Cluster implements Part {
    private static final String SUBMIT = "bgjob run L --on slurm -- true";
    private static final String SBATCH = "sbatch FILE";
    private static final int PORT = 19_370;

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        if (!lab.peers().has("sbatch") || !lab.peers().has("slurmctld")) {
            page.section("Slurm", "Not measured: there is no Slurm here; `tests/setup slurm` installs it.");
            return;
        }
        Path dir = Path.of("/tmp/bgjob-bench-" + ProcessHandle.current().pid());
        String script = Checkout.root().resolve("tests/slurm/cluster").toString();
        Path folder = lab.place().folder("slurm");
        try {
            lab.place().run(folder, script, "up", dir.toString(), Integer.toString(PORT), "2");
            Map<String, String> more = new HashMap<>(Subject.on(lab.newest()));
            more.put("SLURM_CONF", dir.resolve("slurm.conf").toString());
            measure(lab, page, folder, more);
        } finally {
            lab.place().run(folder, script, "down", dir.toString());
        }
    }

    private static void measure(Lab lab, Page page, Path folder, Map<String, String> more) throws Exception {
        Files.writeString(folder.resolve("true.sh"), "#!/bin/sh\ntrue\n");
        Map<String, double[]> submit = new Race(lab.place(), folder, more).group()
                .add(SBATCH, "sbatch", "--parsable", "--output=/dev/null", "true.sh")
                .add(SUBMIT, lab.bgjob().call("run", "one", "--on", "slurm", "--", "true"))
                .add("bgjob run L -- true", lab.bgjob().call("run", "here", "--", "true")).run(lab.plan().rounds());
        page.raw("slurm, submission", submit);
        page.section("Slurm", "On the cluster that the tests use: two nodes on this machine, Debian's Slurm.");
        table(page, submit);
        int jobs = lab.plan().many();
        lab.place().run(folder, more, lab.bgjob().call("wait", "one", "--timeout", "2m"));
        Path list = lab.place().folder("slurm-array");
        Map<String, double[]> array = new LinkedHashMap<>();
        if (lab.bgjob().has("batch")) {
            StringBuilder items = new StringBuilder();
            for (int i = 1; i <= jobs; i++) {
                items.append(i).append('\n');
            }
            Files.writeString(list.resolve("list"), items);
            Files.writeString(list.resolve("true.sh"), "#!/bin/sh\ntrue\n");
            array.put("sbatch --array, submitted", new double[] {time(lab, list, more, "sbatch", "--parsable", "--output=/dev/null", "--begin=now+3600",
                    "--array=0-" + (jobs - 1) + "%8", "true.sh")});
            array.put("bgjob batch --on slurm, submitted", new double[] {time(lab, list, more,
                    lab.bgjob().call("batch", "many", "--on", "slurm", "--slurm-begin=now+3600", "--slots", "8", "--from", "list", "--", "true", "{}"))});
            lab.place().run(list, more, "sh", "-c", "scancel --me");
        }
        page.raw("slurm, array", array);
        String count = Page.number(jobs);
        if (!array.isEmpty()) {
            page.prose("One array of " + count + " jobs:");
            table(page, array);
        }
        Path many = lab.place().folder("slurm-many");
        for (int i = 0; i < jobs; i++) {
            lab.place().run(many, more, lab.bgjob().call("run", "job" + i, "--on", "slurm", "--slurm-begin=now+3600", "--", "true"));
        }
        String newest = lab.place().run(many, more, lab.bgjob().call("list", "-n", "1", "--quiet")).strip();
        Map<String, double[]> ask = new Race(lab.place(), many, more).group()
                .add("squeue --me", "squeue", "--me", "-r", "-h", "-t", "all").add("bgjob status L", lab.bgjob().call("status", newest))
                .add("bgjob list -n 20", lab.bgjob().call("list", "-n", "20")).add("bgjob list --all", lab.bgjob().call("list", "--all"))
                .run(Math.max(3, lab.plan().rounds() / 2));
        page.raw("slurm, asking", ask);
        page.prose("With " + count + " jobs in Slurm's queue, each with a record of its own:");
        table(page, ask);
        lab.place().run(many, more, "sh", "-c", "scancel --me");
    }

    private static double time(Lab lab, Path folder, Map<String, String> more, String... words) throws Exception {
        return lab.place().time(folder, more, ProcessBuilder.Redirect.DISCARD, words);
    }

    private static void table(Page page, Map<String, double[]> times) {
        List<List<String>> rows = new ArrayList<>();
        times.forEach((name, millis) -> {
            Estimate spread = Statistics.spread(millis);
            rows.add(List.of("`" + name + "`", Page.millis(spread.value()), Page.millis(spread.low()) + " – " + Page.millis(spread.high())));
        });
        page.table(List.of("command", "median", "from – to"), rows);
    }
}
