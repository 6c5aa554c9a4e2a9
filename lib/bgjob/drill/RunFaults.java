package bgjob.drill;

import static bgjob.drill.Site.hold;

import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.ShellWords;
import bgjob.process.Signals;
import bgjob.store.JobStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The death of bgjob itself in the middle of run, and of the terminal it was typed in. */
final class RunFaults {
    private static final int AT_ONCE = 8;
    private static final long SETTLE = 300;
    private static final String ENDING = "until [ -e go ]; do sleep 0.05; done; exit 7";
    private static final String KILLED = "when 'bgjob run' is killed ";
    private static final String OR = ", the job is recorded and runs to its end, or there is none and no process of it";

    private RunFaults() {
    }

    static List<Fault> all() {
        return List.of(
                new Fault("run-killed-first", KILLED + "as it starts" + OR, site -> killed(site, null)),
                new Fault("run-killed-detach", KILLED + "before the job is detached" + OR, site -> killed(site, "detach")),
                new Fault("run-killed-record", KILLED + "before the leader has recorded the job" + OR, site -> killed(site, "record")),
                new Fault("run-killed-last", KILLED + "when the job is recorded, the job runs to its end", RunFaults::killedLast),
                new Fault("hang-up", "a job outlives its terminal, and its ending is recorded", RunFaults::hangUp),
                new Fault("many-runs", "many runs of one label at once get an id each", RunFaults::manyRuns));
    }

    /** The job's shell is one that waits at the moment in question until it may go on. */
    private static Outcome killed(Site site, String moment) throws Exception {
        String shell = site.file("shell").toString();
        site.write(shell, "#!/bin/sh\nif [ \"$2\" = '" + moment + "' ]; then\n  : >" + quoted(site, "reached") + "\n  until [ -e " + quoted(site,
                "on")
                + " ]; do sleep 0.02; done\nfi\nexec " + ShellWords.quote(site.jobs().shell()) + " \"$@\"\n");
        site.file("shell").toFile().setExecutable(true);
        List<String> words = new ArrayList<>(List.of("env", "BGJOB_SH=" + shell));
        words.addAll(Site.bgjob("run", "cut", "--cwd", site.file("").toString(), "--", "/bin/sh", "-c", ENDING));
        long run = site.background(words.toArray(new String[0]));
        if (moment != null) {
            site.until("run gets to its shell's " + moment, () -> site.file("reached").toFile().exists());
        }
        Signals.send("KILL", List.of(run));
        site.until("run has gone", () -> !site.alive(run));
        site.write(site.file("on").toString(), "");
        return whole(site);
    }

    private static String quoted(Site site, String name) {
        return ShellWords.quote(site.file(name).toString());
    }

    /** Either there is the job, or nothing at all; which of them shows when nothing changes any more. */
    private static Outcome whole(Site site) throws Exception {
        JobStore store = new JobStore(site.logs());
        long end = System.nanoTime() + SETTLE * 1_000_000;
        while (store.newest(null) == null && (System.nanoTime() < end || Cleaner.holds(site.logs()))) {
            Thread.sleep(10);
            hold(System.nanoTime() < end + 20_000_000_000L, "a process of a job that is not recorded goes on");
        }
        JobId id = store.newest(null);
        return id == null ? Outcome.kept("no job, and no process of one") : toTheEnd(site, site.jobs().inspect(id));
    }

    private static Outcome toTheEnd(Site site, Job job) throws Exception {
        hold(site.now(job).state() == JobState.RUNNING, "the job is " + Site.word(site.now(job)));
        site.write(site.file("go").toString(), "");
        Job failed = site.await(job, JobState.FAILED);
        hold(failed.exit().code() == 7, "it ended with " + failed.exit().code() + " in place of 7");
        return Outcome.kept("the job ran to its end, which is recorded");
    }

    private static Outcome killedLast(Site site) throws Exception {
        long run = site.bgjobInBackground("run", "cut", "--wait", "--cwd", site.file("").toString(), "--", "/bin/sh", "-c", ENDING);
        JobStore store = new JobStore(site.logs());
        site.until("the job is recorded", () -> store.newest(null) != null);
        Signals.send("KILL", List.of(run));
        site.until("run has gone", () -> !site.alive(run));
        return toTheEnd(site, site.jobs().inspect(store.newest(null)));
    }

    /** util-linux's script(1) is the terminal; its death hangs up on the session in it. */
    private static Outcome hangUp(Site site) throws Exception {
        String script = site.program("script");
        String mkfifo = site.program("mkfifo");
        if (script == null || mkfifo == null) {
            return Outcome.skipped((script == null ? "script(1)" : "mkfifo(1)") + " is not on PATH to make a terminal");
        }
        List<String> run = Site.bgjob("run", "tests", "--cwd", site.file("").toString(), "--", "/bin/sh", "-c", ENDING);
        String inside = ShellWords.join(run) + "; echo $$ >control.new; mv control.new control; exec sleep 60";
        long terminal = site.background("/bin/sh", "-c", "cd \"$1\" && mkfifo keys && exec 0<>keys && exec script -q -f -c \"$2\" /dev/null", "sh",
                site.file("").toString(), inside);
        if (!Files.exists(site.file("keys"))) {
            site.until("the terminal is there", () -> Files.exists(site.file("keys")) || !site.alive(terminal));
        }
        long control = site.told("control");
        Job job = site.jobs().inspect(new JobStore(site.logs()).newest("tests"));
        boolean apart = site.process(job.pid()).sid() != site.process(control).sid();
        hold(apart || site.program("setsid") == null, "the job is in the terminal's session");
        Signals.send("KILL", List.of(terminal));
        site.until("the hang-up reaches the shell in the terminal", () -> !site.alive(control));
        return toTheEnd(site, job);
    }

    private static Outcome manyRuns(Site site) throws Exception {
        Set<String> ids = new TreeSet<>();
        Job[] jobs = new Job[AT_ONCE];
        String[] failures = new String[AT_ONCE];
        Thread[] threads = new Thread[AT_ONCE];
        for (int i = 0; i < AT_ONCE; i++) {
            int n = i;
            threads[i] = new Thread(() -> {
                try {
                    jobs[n] = site.start("same", "exit " + n);
                } catch (Fault.Broken | BgjobException e) {
                    failures[n] = e.getMessage();
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int i = 0; i < AT_ONCE; i++) {
            hold(jobs[i] != null, "a run failed: " + failures[i]);
            Job job = site.await(jobs[i], i == 0 ? JobState.COMPLETED : JobState.FAILED);
            hold(job.exit().code() == i, job.id() + " has the exit status of another");
            ids.add(job.id().toString());
        }
        hold(ids.size() == AT_ONCE, "only " + ids.size() + " ids for " + Arrays.toString(jobs));
        return Outcome.kept(AT_ONCE + " jobs with ids, logs and exit statuses of their own");
    }
}
