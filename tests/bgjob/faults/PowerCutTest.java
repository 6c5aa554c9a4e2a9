package bgjob.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.local.LocalBackend;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import bgjob.process.ProcessTable;
import bgjob.support.Fault;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Records as a power cut may leave them: nothing is written through to the disk (docs/decisions/0030-nothing-is-fsynced.md). */
class PowerCutTest {
    private static final JobId ID = JobId.parse("cut_20200101_000000");
    /** So many bytes at the end are cut off one by one: there stands the ending. */
    private static final int END = 120;
    private static final byte[] ZEROS = new byte[4];

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final JobRecord cut = home.job(ID.toString());

    private Job look() {
        return new Jobs(home.logs().toString(), List.of(new LocalBackend(ProcessTable.ofThisMachine(), "/bin/sh", Map.of())),
                new SubmitOptions("/bin/sh", "tester")).inspect(ID);
    }

    private void exit(byte[] content) throws IOException {
        Files.deleteIfExists(cut.exit());
        if (content != null) {
            Files.write(cut.exit(), content);
        }
    }

    /** A meta as it was, of another boot. */
    private byte[] meta(JobRecord job) throws IOException {
        String here = Files.readString(job.meta());
        String before = here.replaceAll("boot_id=.*", "boot_id=11111111-2222-3333-4444-555555555555");
        assertTrue(!before.equals(here));
        return before.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @Fault(value = "power cut", promise = "a record cut off at any byte says how the job ended, or that it is `lost`, or that bgjob cannot tell; never another ending")
    void a_record_cut_off_anywhere_tells_no_other_ending() throws IOException {
        byte[] whole = meta(home.start("tests", "sh", "-c", "exit 137").ended());
        Set<JobState> seen = EnumSet.noneOf(JobState.class);
        for (int length = 0; length <= whole.length; length += length < whole.length - END ? 7 : 1) {
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            for (byte[] meta : List.of(Arrays.copyOf(whole, length), zeros)) {
                Files.write(cut.meta(), meta);
                for (byte[] exit : new byte[][] {null, new byte[0], ZEROS, "13".getBytes(StandardCharsets.US_ASCII), "137\n".getBytes(StandardCharsets.US_ASCII)}) {
                    exit(exit);
                    Job job = look();
                    String where = length + " bytes of the meta, exit file " + Arrays.toString(exit) + ": " + job.state() + ", " + job.reason();
                    assertTrue(job.state() == null || job.state() == JobState.LOST || job.state() == JobState.FAILED, where);
                    assertEquals(job.state() == JobState.FAILED, job.exit() != null, where);
                    assertTrue(job.exit() == null || job.exit().code() == 137, where);
                    assertTrue(exit == null || exit.length < 4 || exit == ZEROS || job.state() == JobState.FAILED, "an ending that is there counts: " + where);
                    if (job.state() != null) {
                        seen.add(job.state());
                    }
                }
            }
        }
        assertEquals(EnumSet.of(JobState.LOST, JobState.FAILED), seen);
    }
}
