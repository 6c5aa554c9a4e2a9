package bgjob.drill;

import static bgjob.drill.Site.hold;

import bgjob.core.JobFilter;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.Rfc3339;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Record files that are cut off, overwritten or empty, and a clock that was set back. */
final class RecordFaults {
    private static final String GARBAGE = "\u0000\u00ff\u001b[31m=\n==\nexit\n\u00fe\u00fd";
    private static final int HALF = 2;
    private static final JobFilter ALL = new JobFilter(null, Set.of(), false, 0, 0);

    private RecordFaults() {
    }

    static List<Fault> all() {
        return List.of(
                new Fault("damaged-exit", "where the exit file is damaged, the ending comes from the meta, or bgjob cannot tell",
                        RecordFaults::exit),
                new Fault("damaged-meta", "a job whose meta is cut off, garbage or empty is never called running, and the others are still listed",
                        RecordFaults::meta),
                new Fault("clock-back", "when the clock is set back, a label still names the job started last", RecordFaults::clockBack),
                new Fault("clock-steps", "a job started while the clock was a day ahead has no negative duration, and is not taken for its "
                        + "label's newest", RecordFaults::clockSteps));
    }

    private static Outcome exit(Site site) throws Exception {
        String meta = site.read(site.ended("whole").files().meta());
        for (String text : List.of("", "\n", "999\n", "0", GARBAGE)) {
            JobId id = Records.old("exit" + text.length());
            Records.write(site, id, meta, text);
            Job job = site.jobs().inspect(id);
            hold(job.state() == JobState.COMPLETED && job.reason() != null, "with an exit file of " + text.length() + " bytes the job is "
                    + Site.word(job));
            JobId bare = Records.old("bare" + text.length());
            Records.write(site, bare, null, text);
            hold(site.jobs().inspect(bare).state() == null, "without a meta, an exit file of " + text.length() + " bytes counts as "
                    + Site.word(site.jobs().inspect(bare)));
        }
        return Outcome.kept("five damaged exit files: completed by the meta, cannot tell without one");
    }

    private static Outcome meta(Site site) throws Exception {
        Job whole = site.ended("whole");
        String meta = site.read(whole.files().meta());
        int n = 0;
        for (String text : List.of("", GARBAGE, meta.substring(0, meta.length() / HALF), "label=x\npid=\n", "pid=99999999999999999999\npgid=-1\n",
                "pid=1\npgid=1\n")) {
            n++;
            JobId without = Records.old("running" + n);
            Records.write(site, without, text, null);
            Job job = site.jobs().inspect(without);
            hold(!job.active() && job.exit() == null, "with meta " + n + " and no ending the job is " + Site.word(job));
            JobId ended = Records.old("ended" + n);
            Records.write(site, ended, text, "7\n");
            Job failed = site.jobs().inspect(ended);
            hold(failed.state() == JobState.FAILED && failed.exit().code() == 7, "with meta " + n + " and the ending 7 the job is "
                    + Site.word(failed));
        }
        int listed = site.jobs().list(ALL).size();
        hold(listed == 1 + 2 * n, listed + " of " + (1 + 2 * n) + " jobs are listed");
        hold(site.now(whole).state() == JobState.COMPLETED, "the whole record is read as " + Site.word(site.now(whole)));
        return Outcome.kept(n + " damaged metas: no ending, never running; an ending, that one; all jobs listed");
    }

    /** What a clock that was a day ahead has left: a job with tomorrow's stamp. */
    private static Outcome clockBack(Site site) throws Exception {
        Job before = site.ended("tests");
        JobId tomorrow = JobId.parse("tests_" + Rfc3339.localStamp(System.currentTimeMillis() + 86_400_000L));
        Records.write(site, tomorrow, site.read(before.files().meta()), "0\n");
        Job last = site.ended("tests");
        hold(site.jobs().find("tests").equals(last.id()), "the label names " + site.jobs().find("tests") + ", but the last job is " + last.id());
        return Outcome.kept("after " + tomorrow + " the next job got the id " + last.id() + ", and the label names it");
    }

    private static Outcome clockSteps(Site site) throws Exception {
        if (site.program("faketime") == null) {
            return Outcome.skipped("faketime is not on PATH to give one program another clock");
        }
        List<String> words = new ArrayList<>(List.of("env", "DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+1d"));
        words.addAll(Site.bgjob("run", "ahead", "--wait", "--", "/bin/sh", "-c", "exit 4"));
        long run = site.background(words.toArray(new String[0]));
        site.until("the job under another clock has ended", () -> !site.alive(run));
        Job job = site.jobs().inspect(site.jobs().find("ahead"));
        hold(job.state() == JobState.FAILED && job.exit().code() == 4, "it is " + Site.word(job));
        hold(job.times().duration() != null && job.times().duration() >= 0, "its duration is " + job.times().duration());
        hold(job.times().started() > System.currentTimeMillis(), "the other clock had no effect");
        Job now = site.ended("ahead");
        hold(site.jobs().find("ahead").equals(now.id()), "the label names " + site.jobs().find("ahead") + ", but the last job is " + now.id());
        return Outcome.kept("a job a day ahead took " + job.times().duration()
                + " ms; the next one of the label, by the right clock, is the newest");
    }
}
