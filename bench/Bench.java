///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Measures bgjob against its promises and its peers: ./jbang bench/Bench.java [--quick]
//JAVA 17+
//MAIN bench.Bench
//JAVAC_OPTIONS -encoding UTF-8
//DEPS info.picocli:picocli:4.7.7
//DEPS com.google.code.gson:gson:2.13.2
//SOURCES BigLog.java
//SOURCES Cluster.java
//SOURCES FollowLatency.java
//SOURCES History.java
//SOURCES Jdk.java
//SOURCES Lab.java
//SOURCES Machine.java
//SOURCES ManyJobs.java
//SOURCES Marked.java
//SOURCES Page.java
//SOURCES Part.java
//SOURCES Peers.java
//SOURCES Place.java
//SOURCES Plan.java
//SOURCES Race.java
//SOURCES Records.java
//SOURCES Residents.java
//SOURCES StartUp.java
//SOURCES Statistics.java
//SOURCES Subject.java
//SOURCES ../tests/docs/Checkout.java

package bench;

import com.google.gson.GsonBuilder;
import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures, and writes the page. */
@Command(name = "Bench.java", mixinStandardHelpOptions = true, sortOptions = false, description = {
    "Measures bgjob against its promises and its peers, which it installs, and writes docs/benchmarks.md.",
    "With --quick or --only the page goes to standard output unless told otherwise."})
public final class Bench implements Callable<Integer> {
    private static final String PAGE = "docs/benchmarks.md";
    private static final List<Part> PARTS = List.of(new StartUp(), new History(), new BigLog(), new FollowLatency(), new Residents(), new ManyJobs(),
            new Cluster());

    private static final double MUCH_LOAD = 0.5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Few rounds and shorter histories; some minutes.")
    private boolean quick;

    @Option(names = "--only", split = ",", paramLabel = "PART", description = "Only these parts: startup, history, log, follow, memory, many, slurm.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "So many rounds of everything.")
    private int rounds;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the page to FILE, and the raw figures beside it, with .json for .md.")
    private Path out;

    @Option(names = "--write", description = "Write docs/benchmarks.md also with --quick or --only.")
    private boolean write;

    @Option(names = "--jdk", paramLabel = "HOME", description = "A JDK to measure with, before those found; one of version 25 and one of 17 count.")
    private List<Path> jdkHomes = List.of();

    @Option(names = "--work", paramLabel = "DIR", description = "Measure in a new folder in DIR; default: /var/tmp, else the system's folder for such.")
    private Path work;

    public static void main(String[] args) {
        String told = System.getenv("BGJOB_CHECKOUT");
        System.setProperty("bgjob.checkout", told == null ? "" : told);
        System.exit(new CommandLine(new Bench()).setExecutionExceptionHandler((failure, line, result) -> {
            say(failure instanceof IllegalStateException ? failure.getMessage() : failure.toString());
            return 1;
        }).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Part> parts = parts();
        Plan plan = quick ? Plan.quick() : Plan.full();
        if (rounds > 0) {
            plan = plan.withRounds(rounds);
        }
        Path checkout = Checkout.root();
        Path pm2 = checkout.resolve(".build/bench/pm2");
        List<Jdk> jdks = Jdk.find(jdkHomes);
        if (jdks.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is neither a JDK 25 nor a JDK 17 here; install one or name it by --jdk HOME");
        }
        Peers.install(checkout, pm2);
        double load = Machine.load();
        if (load > MUCH_LOAD) {
            say("the machine is busy (load " + load + "); expect wide intervals");
        }
        Page page = new Page();
        String text;
        try (Place place = new Place(parent())) {
            place.environment().put("BGJOB_JAVA_HOME", jdks.get(0).home().toString());
            say("preparing bgjob for " + jdks);
            Lab lab = new Lab(plan, place, Subject.prepare(place, checkout, jdks), new Peers(place, pm2), jdks);
            if (!lab.peers().has("hyperfine")) {
                throw new ParameterException(spec.commandLine(), "there is no hyperfine; install it (Debian: apt install hyperfine)");
            }
            long start = System.nanoTime();
            for (Part part : parts) {
                say("measuring " + part.name());
                part.measure(lab, page);
            }
            long minutes = Math.round((System.nanoTime() - start) / 6e10);
            text = page.text(introduction(lab, minutes, load), ENDING);
        }
        deliver(text, page);
        return 0;
    }

    private List<Part> parts() {
        List<String> names = PARTS.stream().map(Part::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new ParameterException(spec.commandLine(), "there is no part " + name + "; known are " + String.join(", ", names));
            }
        }
        return PARTS.stream().filter(part -> only.isEmpty() || only.contains(part.name())).toList();
    }

    private Path parent() {
        if (work != null) {
            return work;
        }
        Path disk = Path.of("/var/tmp"); // never in memory, as /tmp may be
        return Files.isWritable(disk) ? disk : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private String introduction(Lab lab, long minutes, double load) throws Exception {
        List<String> options = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
        StringBuilder table = new StringBuilder("| | |\n|---|---|\n");
        for (List<String> fact : Machine.facts(lab)) {
            table.append("| ").append(String.join(" | ", fact)).append(" |\n");
        }
        table.append(String.format(Locale.ROOT, "| load before | %.1f |%n", load));
        return "Written by `./jbang bench/Bench.java" + (options.isEmpty() ? "" : " " + String.join(" ", options)) + "` on " + LocalDate.now()
                + ", in " + minutes + " minutes; not by hand. The ratios were taken side by side; the milliseconds hold for this machine.\n\n" + table;
    }

    private static final String ENDING = """
            ## How it is measured

            - Commands: in each round [hyperfine](https://github.com/sharkdp/hyperfine) runs every command once, without a shell, with a
              pause of 50 ms before each. The order is a new one in each round, but what is compared is run one after the other: beside
              each command a hello of its own, and the peers' like commands. A first round, not counted, warms up.
            - A ratio is the median of the rounds' ratios, each of two times from the same round, so that a machine that is slower for a
              while is so for both. The interval around it, in parentheses, holds the median with 95 % confidence (bootstrap). *Narrowly* says
              that the target lies within that interval.
            - The start-up archive has been made before the first round. Nothing else is prepared.
            - Everything is started in a temporary folder with a `HOME` of its own, and ended afterwards. The raw figures lie beside this
              page, as JSON, in milliseconds unless they say otherwise.

            ## Run it yourself

            ```sh
            ./jbang bench/Bench.java --quick                 # some minutes; prints the page
            ./jbang bench/Bench.java --only startup,history  # some parts
            ./jbang bench/Bench.java                         # all, and writes this page
            ```

            What bgjob is compared with is installed by `bench/setup`: packages of Debian, as root, and pm2 from npm into `.build/bench/`.
            What is missing is left out. Let nothing else run meanwhile.
            """;

    private void deliver(String text, Page page) throws Exception {
        Path target = out != null ? out : (quick || !only.isEmpty()) && !write ? null : Checkout.root().resolve(PAGE);
        if (target == null) {
            System.out.print(text);
            return;
        }
        Files.writeString(target, text);
        Path raw = target.resolveSibling(target.getFileName().toString().replaceFirst("\\.md$", "") + ".json");
        Files.writeString(raw, new GsonBuilder().create().toJson(page.raw()).replace("],\"", "],\n\"") + "\n");
        say("wrote " + target + " and " + raw);
    }

    private static void say(String text) {
        System.err.println("bench: " + text);
    }
}
