package bgjob.drill;

import static bgjob.drill.Site.hold;

import bgjob.core.StopReceipt;
import bgjob.job.Job;
import bgjob.job.JobState;
import bgjob.process.Signals;
import java.util.List;

/** Signals that nobody expects, and those that nobody heeds. */
final class KillFaults {
    private static final long GRACE = 500;

    private KillFaults() {
    }

    static List<Fault> all() {
        return List.of(
                new Fault("leader-killed", "when a job's leader is killed, the job is lost, and what is left of it is named and can be stopped",
                        KillFaults::leader),
                new Fault("command-killed", "when a command is killed by KILL, its ending is recorded as 137, signal KILL", KillFaults::command),
                new Fault("term-ignored", "a job that ignores TERM is ended by KILL, and stop says so", KillFaults::ignored),
                new Fault("held", "a job held by STOP is paused, and runs on after CONT", KillFaults::held));
    }

    private static Outcome leader(Site site) throws Exception {
        Job job = site.start("orphans", "sleep 60 & sleep 60");
        site.until("the command has started", () -> site.facts(job.id()).number("child_pid") > 0);
        Signals.send("KILL", List.of(job.pid()));
        Job lost = site.await(job, JobState.LOST);
        int named = lost.survivors().size();
        hold(named > 0, "the job is lost, but nothing says that its processes still run");
        hold(lost.exit() == null, "the job is lost, and yet has the exit status " + lost.exit());
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.survivors().isEmpty(), receipt.survivors().size() + " processes are left after stop");
        hold(site.now(job).state() == JobState.LOST, "after stop the job is called " + Site.word(site.now(job)));
        return Outcome.kept("lost; " + named + " processes named, stop ended them by " + String.join(", ", receipt.signals()));
    }

    private static Outcome command(Site site) throws Exception {
        Job job = site.start("victim", "exec sleep 60");
        site.until("the command has started", () -> site.facts(job.id()).number("child_pid") > 0);
        Signals.send("KILL", List.of(site.facts(job.id()).number("child_pid")));
        Job failed = site.await(job, JobState.FAILED);
        hold(failed.exit().code() == 137 && "KILL".equals(failed.exit().signal()), "recorded as exit " + failed.exit().code() + ", signal "
                + failed.exit().signal());
        return Outcome.kept("failed, exit 137, signal KILL");
    }

    private static Outcome ignored(Site site) throws Exception {
        Job job = site.start("stubborn", "trap '' TERM; : >ready; while :; do sleep 0.1; done");
        site.until("the command ignores TERM", () -> site.file("ready").toFile().exists());
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.survivors().isEmpty(), receipt.survivors().size() + " processes are left after stop");
        hold(receipt.signals().equals(List.of("TERM", "KILL")), "stop says it sent " + receipt.signals());
        Job now = site.now(job);
        hold(now.state() == JobState.STOPPED && now.exit().code() == 137, "after stop it is " + Site.word(now) + ", " + now.exit());
        return Outcome.kept("stopped, exit 137; stop says TERM, KILL, and nothing is left");
    }

    private static Outcome held(Site site) throws Exception {
        Job job = site.start("held", "until [ -e go ]; do sleep 0.05; done; exit 3");
        Signals.send("STOP", List.of(-job.pgid()));
        site.await(job, JobState.PAUSED);
        Signals.send("CONT", List.of(-job.pgid()));
        site.await(job, JobState.RUNNING);
        site.write(site.file("go").toString(), "");
        Job failed = site.await(job, JobState.FAILED);
        hold(failed.exit().code() == 3, "it ended with " + failed.exit().code() + " in place of 3");
        return Outcome.kept("paused, running again, and ended with its own exit status");
    }
}
