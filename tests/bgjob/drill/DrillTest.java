package bgjob.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.local.LocalBackend;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.process.ProcessTable;
import bgjob.support.Proc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DrillTest {
    private static Jobs open(String dir) {
        return new Jobs(dir, List.of(new LocalBackend(ProcessTable.ofThisMachine(), "/bin/sh", System.getenv())), new SubmitOptions("/bin/sh",
                "anna"));
    }

    private static List<Practice> run(Fault.Doing... doings) {
        List<Fault> faults = new ArrayList<>();
        for (Fault.Doing doing : doings) {
            faults.add(new Fault("fault" + faults.size(), "it holds", doing));
        }
        List<Practice> told = new ArrayList<>();
        List<Practice> done = new Drill(DrillTest::open, System.getenv()).run(faults, told::add);
        assertEquals(done, told);
        return done;
    }

    @Test
    void a_fault_is_kept_broken_or_skipped_and_the_next_one_comes() {
        List<Practice> done = run(site -> Outcome.kept("fine"), site -> {
            throw new Fault.Broken("not so");
        }, site -> {
            throw BgjobException.failed("cannot");
        }, site -> Outcome.skipped("not here"));

        assertEquals(List.of(Verdict.KEPT, Verdict.BROKEN, Verdict.BROKEN, Verdict.SKIPPED),
                done.stream().map(p -> p.outcome().verdict()).toList());
        assertEquals("not so", done.get(1).outcome().what());
        assertTrue(done.get(2).outcome().what().endsWith("cannot"));
    }

    @Test
    void processes_and_files_of_a_fault_are_gone_afterwards() {
        AtomicReference<Job> job = new AtomicReference<>();
        AtomicReference<Path> folder = new AtomicReference<>();
        AtomicReference<Proc> other = new AtomicReference<>();
        run(site -> {
            job.set(site.start("x", "trap '' TERM; sleep 60"));
            other.set(new Proc(site.background("sleep", "60")));
            folder.set(site.file(""));
            assertTrue(other.get().alive());
            Files.createDirectory(site.file("closed")).toFile().setWritable(false);
            return Outcome.kept("");
        });

        assertFalse(new Proc(job.get().pid()).alive());
        assertFalse(other.get().alive());
        assertFalse(Files.exists(folder.get().getParent()), "the scratch directory");
    }

    @Test
    void a_record_without_its_ending_is_a_copy_with_changes() {
        run(site -> {
            Job whole = site.ended("whole");
            Job copy = Records.withoutEnding(site, whole, "copy", Map.of("pid", "4194305"));
            assertEquals(4_194_305, copy.pid());
            assertEquals(whole.command(), copy.command());
            assertEquals(null, copy.exit());
            return Outcome.kept("");
        }).forEach(practice -> assertEquals(Verdict.KEPT, practice.outcome().verdict(), practice.toString()));
    }
}
