package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.faults.Steps.Moment;
import bgjob.job.Limits;
import bgjob.job.Queueing;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs of a queue with one slot, killed before one step of joining, waiting, taking the slot or leaving; a later job must get it. */
@Tag("waiting")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class QueueKilledAnywhereTest {

    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** @param known a sweep whose steps are tried elsewhere */
    private static void kill(Sweep sweep, Sweep known) throws InterruptedException {
        Set<String> others = known.moments().stream().map(Moment::step).collect(Collectors.toSet());
        List<Moment> moments = sweep.moments();
        assertTrue(moments.stream().anyMatch(moment -> moment.step().contains("queue/q/line.")), moments.toString());
        for (Moment moment : moments) {
            if (!others.contains(moment.step())) {
                if (Scene.ALL) {
                    sweep.killAll(moment);
                } else if (moment.leads() && moment.role().equals("leader") || moment.touches()) {
                    sweep.killApart(moment);
                }
            }
        }
        sweep.tryAll();
    }

    private Sweep sweep(String shell, Queueing queueing, Consumer<Trial> start) {
        return new Sweep(new Scene(home, Scene.shell(home, shell), Limits.NONE, queueing), start);
    }

    @ParameterizedTest
    @Fault(value = "KILL in a queue", promise = "before every step of a job that finds a slot free: it is `lost` or ends as recorded, and the next one gets the slot")
    @MethodSource("bgjob.faults.Scene#shells")
    void whoever_is_killed_taking_a_slot_leaves_it_to_the_next(String shell) throws InterruptedException {
        kill(sweep(shell, Scene.QUEUE, Trial::submit), sweep(shell, Queueing.NONE, Trial::submit));
    }

    @ParameterizedTest
    @Fault(value = "KILL in a queue", promise = "the same for one that has to stand in the line first: whoever stands behind moves up")
    @MethodSource("bgjob.faults.Scene#shells")
    void whoever_is_killed_in_the_line_lets_the_next_move_up(String shell) throws InterruptedException {
        kill(sweep(shell, Scene.QUEUE, Trial::queueUp), sweep(shell, Queueing.NONE, Trial::submit));
    }
}
