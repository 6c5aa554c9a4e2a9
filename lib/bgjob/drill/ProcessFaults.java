package bgjob.drill;

import static bgjob.drill.Site.hold;

import bgjob.core.StopReceipt;
import bgjob.job.Job;
import bgjob.job.JobState;
import java.util.List;
import java.util.Map;

/** Processes that are not where one would look, and others that are. */
final class ProcessFaults {
    private static final long GRACE = 500;
    private static final String OTHER_BOOT = "11111111-2222-3333-4444-555555555555";

    private ProcessFaults() {
    }

    static List<Fault> all() {
        return List.of(
                new Fault("left-group", "a child that left its job's group and session is found and stopped with it", ProcessFaults::leftGroup),
                new Fault("self-background", "what a command leaves running behind itself is recorded with its ending, named by status, and ended by stop", ProcessFaults::behind),
                new Fault("pid-reused", "another process that has a job's old pid is never called the job, nor signalled", ProcessFaults::reused),
                new Fault("reboot", "after a restart of the machine, a job without an ending is lost, and nothing is signalled",
                        ProcessFaults::reboot));
    }

    private static Outcome leftGroup(Site site) throws Exception {
        if (site.program("setsid") == null) {
            return Outcome.skipped("setsid is not on PATH to leave a session by");
        }
        Job job = site.start("escape", "setsid sh -c 'echo $$ >new; mv new child; exec sleep 60' & wait");
        long child = site.told("child");
        hold(site.process(child).pgid() != job.pgid(), "the child could not leave");
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.survivors().isEmpty() && !site.alive(child), "the child still lives after stop");
        return Outcome.kept("stop found it and ended it by " + String.join(", ", receipt.signals()));
    }

    private static Outcome behind(Site site) throws Exception {
        Job job = site.start("daemon", "sleep 60 & echo $! >new; mv new child; exit 0");
        long child = site.told("child");
        site.until("the job has ended", () -> !site.now(job).active() && site.now(job).exit() != null);
        Job ended = site.now(job);
        hold(ended.exit().code() == 0 && site.alive(child), "the command's exit status is " + ended.exit().code());
        hold(ended.leavings().processes() == 1, "it left a process, and the record tells of " + ended.leavings().processes());
        hold(ended.survivors().size() == 1 && ended.survivors().get(0).pid() == child, "status names " + ended.survivors() + " and not process " + child);
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.survivors().isEmpty() && !site.alive(child), "the process still lives after stop");
        hold(site.now(job).state() == ended.state(), "after stop the job is " + Site.word(site.now(job)));
        return Outcome.kept("ended with 0, left 1 process; stop ended it by " + String.join(", ", receipt.signals()));
    }

    private static Outcome reused(Site site) throws Exception {
        Job ended = site.ended("before");
        String leads = site.program("setsid") == null ? "" : "setsid";
        long other = site.background("/bin/sh", "-c", "cd \"$1\"; exec $2 sh -c 'echo $$ >new; mv new other; exec sleep 60'", "sh",
                site.file("").toString(), leads);
        long pid = site.told("other");
        hold(site.alive(pid) && other > 0, "the other process does not run");
        Job job = Records.withoutEnding(site, ended, "reused", Map.of("pid", Long.toString(pid), "pgid", Long.toString(site.process(pid).pgid())));
        hold(job.state() == JobState.LOST, "process " + pid + " is another one, and the job is called " + Site.word(job));
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.signals().isEmpty() && site.alive(pid), "stop signalled the other process");
        return Outcome.kept("lost; stop sent nothing, and process " + pid + " goes on");
    }

    private static Outcome reboot(Site site) throws Exception {
        Job running = site.start("running", "exec sleep 60");
        if (site.facts(running.id()).first("boot_id") == null) {
            return Outcome.skipped("this system does not name its boots");
        }
        Job job = Records.withoutEnding(site, running, "rebooted", Map.of("boot_id", OTHER_BOOT));
        hold(job.state() == JobState.LOST, "the job of another boot is called " + Site.word(job));
        StopReceipt receipt = site.stop(job, GRACE);
        hold(receipt.signals().isEmpty(), "stop sent " + receipt.signals());
        hold(site.now(running).state() == JobState.RUNNING, "the job of this boot with the same pid is " + Site.word(site.now(running)));
        return Outcome.kept("lost; stop sent nothing, and the process that has its pid now goes on");
    }
}
