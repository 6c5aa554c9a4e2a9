package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.cli.Calls;
import bgjob.faults.Steps.Moment;
import bgjob.job.Limits;
import bgjob.support.JobHome;
import bgjob.support.Tool;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job at which something is killed before every single step of its shells; the steps are those that a run without a fault shows. */
class KilledAnywhereTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    @BeforeEach
    void have_a_watcher() {
        Tool.need("python3");
    }

    @Test
    void whatever_is_killed_before_whatever_step_the_answers_are_true() throws IOException {
        Scene scene = new Scene(home, "/bin/dash", Limits.NONE);
        Sweep sweep = new Sweep(scene, Trial::submit);
        List<Moment> moments = sweep.moments();
        assertTrue(moments.stream().anyMatch(moment -> moment.step().equals("mv renameat2 .logs/ID.exit#1")), moments.toString());
        try (Calls program = Calls.open(home.work())) {
            for (Moment moment : moments) {
                for (String targets : Sweep.targets(moment)) {
                    sweep.kill(program, moment, targets);
                }
            }
        }
        sweep.close("killed");
    }
}
