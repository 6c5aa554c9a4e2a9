package bench;

import bench.Statistics.Estimate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
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
                + " labels. *Hello* is `bench/Hello.java`, compiled, run by the same JDK with no options, beside each command anew. Rounds: " + lab.plan().rounds() + ".");
        for (Jdk jdk : lab.jdks()) {
            Map<String, String> more = new HashMap<>(Subject.on(jdk));
            more.putAll(Peers.state(folder));
            Race race = new Race(lab.place(), folder, more);
            boolean peersToo = jdk == lab.newest();
            Map<String, String[]> peers = peersToo ? peers(lab, folder, more, lab.bgjob().run(folder, "latest", "build").strip()) : Map.of();
            ours(lab.bgjob(), repository).forEach((command, words) -> {
                race.group().add(hello(command), jdk.java(), "-cp", hello.toString(), "Hello").add(command, words);
                peers.forEach((peer, call) -> {
                    if (LIKE.get(peer).equals(command)) {
                        race.add(peer, call);
                    }
                });
            });
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

    /** @return the name of the hello that is run beside a command */
    private static String hello(String command) {
        return HELLO + " beside " + command;
    }

    private static Map<String, String[]> ours(Subject bgjob, Path repository) {
        Map<String, String[]> calls = new LinkedHashMap<>();
        calls.put(STATUS, bgjob.call("status", "build"));
        calls.put("bgjob status L, while it runs", bgjob.call("status", "live"));
        calls.put("bgjob status L --json", bgjob.call("status", "build", "--json"));
        calls.put("bgjob latest L", bgjob.call("latest", "build"));
        calls.put("bgjob list -n 20", bgjob.call("list", "-n", "20"));
        calls.put(RUN, bgjob.call("run", "start", "--", "true"));
        calls.put(RUN_GIT, bgjob.call("run", "start", "--dir", repository.resolve(".logs").toString(), "--cwd", repository.toString(), "--", "true"));
        calls.put(LOGS, bgjob.call("logs", "build", "-n", "5"));
        calls.put("bgjob follow L, of an ended job", bgjob.call("follow", "build"));
        calls.put("bgjob wait L, of an ended job", bgjob.call("wait", "build"));
        calls.put("bgjob stop L, of an ended job", bgjob.call("stop", "build"));
        calls.put("bgjob --version", bgjob.call("--version"));
        calls.put("bgjob --help", bgjob.call("--help"));
        calls.put("bgjob status --help", bgjob.call("status", "--help"));
        return calls;
    }

    private static Map<String, String[]> peers(Lab lab, Path folder, Map<String, String> more, String log) throws Exception {
        Peers peers = lab.peers();
        Map<String, String[]> calls = new LinkedHashMap<>();
        calls.put("tail -n 5 FILE", new String[] {"tail", "-n", "5", log});
        calls.put("nohup sh -c true &", new String[] {"sh", "-c", "nohup sh -c true >nohup.txt 2>&1 &"});
        if (peers.has("tsp")) {
            peers.startTaskSpooler(folder, more, KNOWN + 2, KNOWN);
            calls.put("tsp -l", new String[] {"tsp", "-l"});
            calls.put("tsp true", new String[] {"tsp", "true"});
        }
        if (peers.has("nq")) {
            calls.put("nq true", new String[] {"nq", "true"});
        }
        if (peers.has("sem")) {
            calls.put("sem true", new String[] {"sem", "--will-cite", "-j", "20", "true"});
        }
        if (peers.has("pm2")) {
            peers.startPm2(folder, more, KNOWN);
            calls.put("pm2 list", new String[] {peers.pm2(), "list"});
            calls.put("pm2 start true", new String[] {peers.pm2(), "start", "/bin/true", "--name", "once", "--interpreter", "none", "--no-autorestart"});
        }
        if (peers.has("supervisord")) {
            String configuration = peers.startSupervisor(folder, more, KNOWN).toString();
            Place.await("supervisord answers", 30, () -> Files.exists(folder.resolve("supervisor.sock")));
            // status exits with 3 when a program does not run, and `once` never does for long
            calls.put("supervisorctl status", new String[] {"sh", "-c", "supervisorctl -c \"$0\" status || [ $? = 3 ]", configuration});
            calls.put("supervisorctl start", new String[] {"supervisorctl", "-c", configuration, "start", "once"});
        }
        return calls;
    }

    private static void report(Page page, Jdk jdk, Map<String, double[]> times) {
        List<List<String>> rows = new ArrayList<>();
        double[] hellos = times.keySet().stream().filter(name -> name.startsWith(HELLO))
                .flatMapToDouble(name -> DoubleStream.of(times.get(name))).toArray();
        Estimate all = Statistics.spread(hellos);
        rows.add(List.of("`" + HELLO + "`", Page.millis(all.value()), Page.millis(all.low()) + " – " + Page.millis(all.high()), ""));
        times.forEach((command, values) -> {
            if (times.containsKey(hello(command))) {
                Estimate spread = Statistics.spread(values);
                rows.add(List.of("`" + command.replaceFirst(",|$", "`$0"), Page.millis(spread.value()),
                        Page.millis(spread.low()) + " – " + Page.millis(spread.high()), Page.ratio(Statistics.ratio(values, times.get(hello(command))))));
            }
        });
        page.prose("On " + jdk + ":");
        page.table(List.of("command", "median", "5 – 95 % of the rounds", "/ hello (95 % interval)"), rows);
        for (Target target : TARGETS) {
            page.promise("`" + target.command.replaceFirst(",|$", "`$0") + " / hello, " + jdk, target.limit(jdk),
                    Statistics.ratio(times.get(target.command), times.get(hello(target.command))));
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
