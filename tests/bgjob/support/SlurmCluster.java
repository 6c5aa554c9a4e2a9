package bgjob.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real Slurm cluster of a test class's own: tests/slurm/cluster starts its daemons on loopback, and ends them afterwards. */
public final class SlurmCluster implements BeforeAllCallback, AfterAllCallback {
    private static final String SCRIPT = JobHome.CHECKOUT.resolve("tests/slurm/cluster").toString();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long MOST_SECONDS = 60;

    private final int nodes;
    private final String[] settings;
    private Path dir;

    /**
     * @param nodes how many nodes, n1 and up
     * @param settings further lines of its slurm.conf
     */
    public SlurmCluster(int nodes, String... settings) {
        this.nodes = nodes;
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        for (String tool : List.of("munged", "slurmctld", "slurmd", "sbatch")) {
            Tool.need(tool);
        }
        dir = Path.of("/tmp/bgjob-sl-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
        List<String> words = new ArrayList<>(List.of("up", dir.toString(), Integer.toString(freePort()), Integer.toString(nodes)));
        words.addAll(Arrays.asList(settings));
        call(words);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (dir != null) {
            call(List.of("down", dir.toString()));
        }
    }

    /** Does one of the script's verbs to this cluster: {@code kill ctld}, say. */
    public void does(String verb, String... arguments) {
        List<String> words = new ArrayList<>(List.of(verb, dir.toString()));
        words.addAll(Arrays.asList(arguments));
        call(words);
    }

    /** Lets bgjob, and the other programs called in that home, find this cluster. */
    public void serve(JobHome home) {
        home.environment().put("SLURM_CONF", dir.resolve("slurm.conf").toString());
        home.environment().put("BGJOB_SLURM_SETTLE", "1");
    }

    /** @return a folder of which the last node sees another one */
    public Path apart() {
        return dir.resolve("apart");
    }

    private void call(List<String> words) {
        List<String> command = new ArrayList<>(List.of(SCRIPT));
        command.addAll(words);
        try {
            File said = File.createTempFile("bgjob-cluster-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
            builder.redirectInput(new File("/dev/null")).environment().put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "run"));
            Process process = builder.start();
            boolean ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(said.toPath());
            Files.delete(said.toPath());
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new AssertionError(command + (ended ? " failed: " : " did not end: ") + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A port that is free together with those behind it, which the nodes take. */
    private int freePort() {
        int base = 20_000 + (int) (ProcessHandle.current().pid() * 40 % 8_000) + 10 * NUMBER.get();
        for (int port = base; port < base + 2_000; port += nodes + 1) {
            if (free(port)) {
                return port;
            }
        }
        throw new AssertionError("no free ports behind " + base);
    }

    private boolean free(int first) {
        for (int port = first; port <= first + nodes; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.getLocalPort();
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }
}
