package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.faults.Steps.Moment;
import bgjob.job.Limits;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs to which one thing is done, before one step of all that bgjob and the job's shells do: each step in turn, as a job to
 * which nothing is done shows them. {@code BGJOB_TEST_FAULTS=all} tries all of them in every shell.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledAnywhereTest {
    private static final String DASH = "/bin/dash";
    private static final String LAST = "mv renameat2 .logs/ID.exit#1";
    /** Tried once more at once, with somebody told in the end, and a time that is never up. */
    private static final Limits BOUNDS = new Limits(3600, 1, 1, 1, 0, List.of(), "echo told", 0, false);

    /** Far less than what the command prints. */
    private static final Limits CUT = new Limits(0, 10, 0, 0, 0, List.of(), null, 65_536, false);

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private static boolean has(List<Moment> moments, String step) {
        return moments.stream().anyMatch(moment -> moment.step().equals(step));
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "before every step of the job script: an ending that was recorded stays, else the job is `lost`; "
            + "never `running`, never another ending")
    void whatever_is_killed_before_whatever_step_the_answers_are_true() throws InterruptedException {
        Sweep sweep = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::submit);
        List<Moment> moments = sweep.moments();
        assertTrue(has(moments, LAST), moments.toString());
        moments.forEach(Scene.ALL ? sweep::killAll : sweep::killApart);
        sweep.tryAll();
    }

    /** From the start of java until the leader says that the job is recorded; behind that, bgjob and the job run side by side. */
    private static List<Moment> upToTheAnswer(List<Moment> moments) {
        List<String> steps = moments.stream().map(Moment::step).toList();
        return moments.subList(steps.indexOf("bgjob execve java#1"), steps.indexOf("leader write pipe#1") + 1);
    }

    @Test
    @Fault(value = "KILL of bgjob", promise = "the job is recorded and runs to its end, or there is no job and no process of one")
    void bgjob_run_is_killed_before_whatever_step_of_its_own() throws InterruptedException {
        Sweep sweep = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::run);
        for (Moment moment : upToTheAnswer(sweep.moments())) {
            if (Scene.ALL || moment.touches() || moment.step().contains(" execve ") || moment.step().contains("pipe")) {
                sweep.kill(moment, "bgjob");
            }
            if (Scene.ALL && moment.leads()) {
                sweep.kill(moment, "bgjob,leader");
            }
        }
        sweep.tryAll();
    }

    @Test
    @Fault(value = "a full disk", promise = "a write that fails at any step of the job script costs neither the job nor its ending once there is "
            + "room again")
    void no_room_at_whatever_step_costs_nothing_that_is_recorded() throws InterruptedException {
        Sweep sweep = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::submit);
        for (Moment moment : sweep.moments()) {
            if (moment.touches()) {
                sweep.fail(moment, "ENOSPC");
            }
            if (moment.touches() && Scene.ALL) {
                sweep.fail(moment, "EIO");
                sweep.fail(moment, "EACCES");
            }
        }
        sweep.tryAll();
    }

    @Test
    @Fault(value = "a full disk", promise = "a write that fails at any step of `run` is said, and leaves a whole job or none")
    void no_room_at_whatever_step_of_run_is_said_and_leaves_nothing() throws InterruptedException {
        Sweep sweep = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::run);
        for (Moment moment : sweep.moments()) {
            if (moment.touches() && moment.role().equals("bgjob")) {
                sweep.fail(moment, "ENOSPC");
            }
        }
        sweep.tryAll();
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "the same with `--timeout`, `--retry` and `--on-exit`")
    void a_job_with_bounds_is_no_exception() throws InterruptedException {
        List<Moment> plain = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::submit).moments();
        Sweep sweep = new Sweep(new Scene(home, DASH, BOUNDS), Trial::submit);
        for (Moment moment : sweep.moments()) {
            if (moment.leads() && (Scene.ALL || !has(plain, moment.step()))) {
                sweep.kill(moment, "leader");
                if (Scene.ALL) {
                    sweep.killAll(moment);
                }
            }
        }
        sweep.tryAll();
    }

    @Test
    @Fault(value = "KILL of the leader", promise = "the same with `--max-log`, also of the fork that cuts the log: its beginning and its end can be read")
    void a_job_whose_log_is_cut_is_no_exception() throws InterruptedException {
        List<Moment> plain = new Sweep(new Scene(home, DASH, Limits.NONE), Trial::submit).moments();
        Sweep sweep = new Sweep(new Scene(home, DASH, CUT), Trial::submit);
        List<Moment> moments = sweep.moments();
        assertTrue(moments.stream().anyMatch(moment -> moment.step().endsWith(" execve fallocate#1")), moments.toString());
        for (Moment moment : moments) {
            boolean cuts = moment.touches() || moment.step().contains(" execve fallocate#") || moment.step().contains(" execve dd#");
            if (Scene.ALL || cuts && !has(plain, moment.step())) {
                sweep.killAll(moment);
            }
        }
        sweep.tryAll();
    }

    @ParameterizedTest
    @Fault(value = "KILL of the leader", promise = "the same under bash, busybox ash, ksh93, mksh, zsh and yash")
    @ValueSource(strings = {"bash", "busybox", "ksh93", "mksh", "zsh", "yash"})
    void every_shell_tells_the_truth_when_it_is_killed(String shell) throws InterruptedException {
        Sweep sweep = new Sweep(new Scene(home, Scene.shell(home, shell), Limits.NONE), Trial::submit);
        for (Moment moment : sweep.moments()) {
            if (Scene.ALL) {
                sweep.killAll(moment);
            } else if (moment.leads() && (moment.step().matches("leader write .*(meta|exit)#.") || moment.step().contains(" renameat2 "))) {
                sweep.kill(moment, "leader");
            }
        }
        sweep.tryAll();
    }
}
