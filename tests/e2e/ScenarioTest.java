package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.JobHome;
import bgjob.support.SlurmCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One file of what users do, run wherever jobs can run: the answers are the same. */
@Tag("waiting")
class ScenarioTest {
    private static final Path GOLDEN = JobHome.CHECKOUT.resolve("tests/e2e/golden/scenario.txt");

    @RegisterExtension
    static final SlurmCluster CLUSTER = new SlurmCluster(2);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private void answers(String where) throws IOException {
        String said = home.command("/bin/sh", JobHome.CHECKOUT.resolve("tests/e2e/scenario.sh").toString(), where).noisy().run().out();
        if (!Files.readString(GOLDEN).equals(said)) {
            Path file = Files.writeString(Files.createTempFile("bgjob-scenario-" + where + "-", ".txt"), said);
            assertEquals(Files.readString(GOLDEN), said, "diff " + GOLDEN + " " + file + "; where the change is wanted: cp " + file + " " + GOLDEN);
        }
    }

    @Test
    void on_this_machine() throws IOException {
        answers("local");
    }

    @Test
    void on_slurm() throws IOException {
        CLUSTER.serve(home);
        answers("slurm");
    }
}
