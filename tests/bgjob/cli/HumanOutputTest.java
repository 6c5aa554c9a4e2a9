package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.job.ExitStatus;
import bgjob.job.Job;
import bgjob.job.JobFiles;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.job.JobTimes;
import bgjob.job.Leavings;
import java.util.List;
import org.junit.jupiter.api.Test;

class HumanOutputTest {
    private static final JobId ID = JobId.parse("x_20261121_050607");

    private static String ending(JobState state, String reason, ExitStatus exit, Long duration) {
        Job job = new Job(ID, state, reason, exit, 1, 1, List.of("make"), "/", "me", "here", "local", null, 1,
                new JobTimes(0L, 0L, 0L, null, duration), null, new JobFiles("l", "m", "e", "p", "s"), List.of(), null, null, Leavings.NONE, null);
        return HumanOutput.ending(ID, job);
    }

    @Test
    void an_ending_is_told_in_one_sentence() {
        assertEquals("x_20261121_050607 completed (exit 0) after 3m 04s", ending(JobState.COMPLETED, null, new ExitStatus(0, null), 184_000L));
        assertEquals("x_20261121_050607 failed (exit 1)", ending(JobState.FAILED, null, new ExitStatus(1, null), null));
        assertEquals("x_20261121_050607 stopped (exit 143, signal TERM) after 0.4s",
                ending(JobState.STOPPED, null, new ExitStatus(143, "TERM"), 400L));
    }

    @Test
    void what_has_not_ended_is_told_with_the_reason() {
        assertEquals("x_20261121_050607 running after 12s", ending(JobState.RUNNING, null, null, 12_000L));
        assertEquals("x_20261121_050607 lost: it was killed", ending(JobState.LOST, "it was killed", null, null));
        assertEquals("x_20261121_050607 cannot-tell: out of sight", ending(null, "out of sight", null, null));
    }
}
