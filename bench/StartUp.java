package bench;

import bench.Statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** How long each command takes, against the least that a Java program takes and against the peers' like commands. */
final class StartUp implements Part {
    private static final String HELLO = "java Hello";
    private static final String STATUS = "bgjob status L";
    private static final String RUN = "bgjob run L -- true";
    private static final String RUN_GIT = "bgjob run L -- true, in a git repository";
    private static final String LOGS = "bgjob logs L -n 5";
    /** Jobs that each of the peers knows, all running. */
    private static final int KNOWN = 20;
    private static final int HISTORY = 200;

    /** A command with a target, for JDK 25 and 17. */
    private record Target(String command, double newer, double older) {
        double limit(Jdk jdk) {
            return jdk.major() >= 25 ? newer : older;
        }
    }

    private static final List<Target> TARGETS = List.of(new Target(STATUS, 1.25, 1.45), new Target("bgjob latest L", 1.25, 1.45),
            new Target("bgjob list -n 20", 1.4, 1.6), new Target(RUN, 1.75, 2.0), new Target(RUN_GIT, 1.75, 2.0));
    /** What a peer calls the same. */
    private static final Map<String, String> LIKE = like();

    private static Map<String, String> like() {
        Map<String, String> like = new LinkedHashMap<>();
        Stream.of("tsp -l", "pm2 list", "supervisorctl status").forEach(peer -> like.put(peer, STATUS));
        Stream.of("tsp true", "nq true", "sem true", "nohup sh -c true &", "pm2 start true", "supervisorctl start")
                .forEach(peer -> like.put(peer, RUN));
        like.put("tail -n 5 FILE", LOGS);
        return like;
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public void measure(Lab lab, Page page) throws Exception {
        Path folder = lab.place().folder("startup");
        Path repository = lab.place().repository("startup-git");
        Path hello = compileHello(lab.place());
        lab.bgjob().addHistory(folder, HISTORY, KNOWN);
        for (Path each : new Path[] {folder, repository}) {
            lab.bgjob().run(each, "run", "build", "--", "seq", "100");
            lab.bgjob().run(each, "wait", "build");
        }
        lab.bgjob().run(folder, "run", "live", "--", "sleep", Peers.SLEEP);

        page.section("Start-up", "Each command from its start to its end, in a folder with " + (HISTORY + 3) + " jobs of " + (KNOWN + 3)
                + " labels. *Hello* is `bench/Hello.java`, compiled, run by the same JDK with no options. Rounds: " + lab.plan().rounds() + ".");
        for (Jdk jdk : lab.jdks()) {
            Map<String, String> more = new HashMap<>(Subject.on(jdk));
            more.putAll(Peers.state(folder));
            Race race = new Race(lab.place(), folder, more).add(HELLO, jdk.java(), "-cp", hello.toString(), "Hello");
            addOurs(race, lab.bgjob(), repository);
            boolean peersToo = jdk == lab.newest();
            if (peersToo) {
                addPeers(race, lab, folder, more, lab.bgjob().run(folder, "latest", "build").strip());
            }
            Map<String, double[]> times = race.run(lab.plan().rounds());
            page.raw("startup, " + jdk, times);
            report(page, jdk, times);
            if (peersToo) {
                comparePeers(page, times);
            }
        }
        for (int major : new int[] {25, 17}) {
            if (lab.jdks().stream().noneMatch(jdk -> jdk.major() == major)) {
                TARGETS.forEach(target -> page.unmeasured("`" + target.command + "` / hello, JDK " + major,
                        "≤ " + (major == 25 ? target.newer : target.older) + "×", "no JDK " + major + " here"));
            }
        }
    }

    private static Path compileHello(Place place) throws Exception {
        Path folder = place.folder("hello");
        Path source = docs.Checkout.root().resolve("bench/Hello.java");
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString()) != 0) {
            throw new IllegalStateException(source + " cannot be compiled");
        }
        return folder;
    }

    private static void addOurs(Race race, Subject bgjob, Path repository) {
        race.add(STATUS, bgjob.call("status", "build"))
                .add("bgjob status L, while it runs", bgjob.call("status", "live"))
                .add("bgjob status L --json", bgjob.call("status", "build", "--json"))
                .add("bgjob latest L", bgjob.call("latest", "build"))
                .add("bgjob list -n 20", bgjob.call("list", "-n", "20"))
                .add(RUN, bgjob.call("run", "start", "--", "true"))
                .add(RUN_GIT, bgjob.call("run", "start", "--dir", repository.resolve(".logs").toString(), "--cwd", repository.toString(), "--", "true"))
                .add(LOGS, bgjob.call("logs", "build", "-n", "5"))
                .add("bgjob follow L, of an ended job", bgjob.call("follow", "build"))
                .add("bgjob wait L, of an ended job", bgjob.call("wait", "build"))
                .add("bgjob stop L, of an ended job", bgjob.call("stop", "build"))
                .add("bgjob --version", bgjob.call("--version"))
                .add("bgjob --help", bgjob.call("--help"))
                .add("bgjob status --help", bgjob.call("status", "--help"));
    }

    private static void addPeers(Race race, Lab lab, Path folder, Map<String, String> more, String log) throws Exception {
        Peers peers = lab.peers();
        race.add("tail -n 5 FILE", "tail", "-n", "5", log);
        race.add("nohup sh -c true &", "sh", "-c", "nohup sh -c true >nohup.txt 2>&1 &");
        if (peers.has("tsp")) {
            peers.startTaskSpooler(folder, more, KNOWN + 2, KNOWN);
            race.add("tsp -l", "tsp", "-l").add("tsp true", "tsp", "true");
        }
        if (peers.has("nq")) {
            race.add("nq true", "nq", "true");
        }
        if (peers.has("sem")) {
            race.add("sem true", "sem", "--will-cite", "-j", "20", "true");
        }
        if (peers.has("pm2")) {
            peers.startPm2(folder, more, KNOWN);
            race.add("pm2 list", peers.pm2(), "list").add("pm2 start true", peers.pm2(), "start", "/bin/true", "--name", "once",
                    "--interpreter", "none", "--no-autorestart");
        }
        if (peers.has("supervisord")) {
            String configuration = peers.startSupervisor(folder, more, KNOWN).toString();
            Place.await("supervisord answers", 30, () -> Files.exists(folder.resolve("supervisor.sock")));
            // status exits with 3 when a program does not run, and `once` never does for long
            race.add("supervisorctl status", "sh", "-c", "supervisorctl -c \"$0\" status || [ $? = 3 ]", configuration)
                    .add("supervisorctl start", "supervisorctl", "-c", configuration, "start", "once");
        }
    }

    private static void report(Page page, Jdk jdk, Map<String, double[]> times) {
        double[] hello = times.get(HELLO);
        List<List<String>> rows = new ArrayList<>();
        times.forEach((command, values) -> {
            if (!LIKE.containsKey(command)) {
                Estimate spread = Statistics.spread(values);
                rows.add(List.of("`" + command.replaceFirst(",|$", "`$0"), Page.millis(spread.value()),
                        Page.millis(spread.low()) + " – " + Page.millis(spread.high()), Page.ratio(Statistics.ratio(values, hello))));
            }
        });
        page.prose("On " + jdk + ":");
        page.table(List.of("command", "median", "5 – 95 % of the rounds", "/ hello (95 % interval)"), rows);
        for (Target target : TARGETS) {
            page.promise("`" + target.command.replaceFirst(",|$", "`$0") + " / hello, " + jdk, target.limit(jdk),
                    Statistics.ratio(times.get(target.command), hello));
        }
    }

    private static void comparePeers(Page page, Map<String, double[]> times) {
        List<List<String>> rows = new ArrayList<>();
        LIKE.forEach((peer, ours) -> {
            if (times.containsKey(peer)) {
                Estimate spread = Statistics.spread(times.get(peer));
                Estimate ratio = Statistics.ratio(times.get(ours), times.get(peer));
                rows.add(List.of("`" + peer + "`", Page.millis(spread.value()), Page.millis(spread.low()) + " – " + Page.millis(spread.high()),
                        "`" + ours + "`", Page.ratio(ratio)));
                page.compared("`" + ours + "` takes", ratio, "as long as `" + peer + "`");
                if (peer.equals("pm2 list") || peer.equals("supervisorctl status")) {
                    page.promise("`" + ours + "` / `" + peer + "`", 0.5, ratio);
                }
            }
        });
        page.prose("Against the peers, in the same rounds as the first table. Each of them knows " + KNOWN
                + " running jobs. The fast ones are C programs and record less: not who, where and which commit.");
        page.table(List.of("peer", "median", "5 – 95 % of the rounds", "bgjob's", "bgjob / peer (95 % interval)"), rows);
    }
}
