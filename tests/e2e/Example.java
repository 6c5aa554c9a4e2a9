package e2e;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.PeerServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A script of docs/examples, started as its first lines say: by bgjob, through JBang. */
record Example(JobHome home, String name) {
    /** A JBANG_DIR of our own, since only one JBang works in one at a time; builds in it are kept, so each is made once after a change. */
    static final Path JBANG_DIR = JobHome.CHECKOUT.resolve(".build/jbang-for-tests");
    private static final Set<String> BUILT = new TreeSet<>();

    Example {
        home.environment().putAll(Map.of("JBANG_DIR", JBANG_DIR.toString(), "PEER_TOKEN", PeerServer.TOKEN));
        build(name);
    }

    /** Lest what waits for the job waits for javac. */
    private static synchronized void build(String name) {
        if (BUILT.add(name)) {
            jbang("build", script(name));
        }
    }

    static String script(String name) {
        return JobHome.CHECKOUT + "/docs/examples/" + name + ".java";
    }

    /** Calls JBang, which must do as it is told. */
    static synchronized void jbang(String... arguments) {
        try {
            shareFetched();
            List<String> command = new ArrayList<>(List.of(JobHome.CHECKOUT + "/jbang"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("JBANG_DIR", JBANG_DIR.toString());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("failed: " + command + "\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The JBang that ./jbang has fetched before serves here too. */
    private static void shareFetched() throws IOException {
        String theirs = System.getenv().getOrDefault("JBANG_DIR", System.getenv("HOME") + "/.jbang");
        Path ours = Files.createDirectories(JBANG_DIR.resolve("bgjob"));
        Files.createDirectories(JBANG_DIR.resolve("cache"));
        if (!Files.isDirectory(Path.of(theirs, "bgjob"))) {
            return;
        }
        try (Stream<Path> files = Files.list(Path.of(theirs, "bgjob"))) {
            for (Path file : files.filter(file -> file.getFileName().toString().matches("ja.*|jbang-.*")).toList()) {
                if (!Files.exists(ours.resolve(file.getFileName()))) {
                    Files.createSymbolicLink(ours.resolve(file.getFileName()), file);
                }
            }
        }
    }

    /** Starts it as a job that has its name for a label. */
    JobRecord start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(JobHome.CHECKOUT + "/jbang", script(name)));
        command.addAll(List.of(arguments));
        return home.start(name, command.toArray(new String[0]));
    }

    JobRecord resume() {
        return home.started(home.ok("resume", name));
    }

    /** Waits for the job's end. */
    JobRecord ended(JobRecord job, int status) {
        int code = home.bgjob("wait", job.id()).exitsAnyhow().run().code();
        if (code != status) {
            throw new AssertionError(name + " ended with " + code + ", not " + status + "\n" + job.output());
        }
        return job;
    }

    JobRecord run(int status, String... arguments) {
        return ended(start(arguments), status);
    }
}
