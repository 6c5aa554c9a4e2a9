package bgjob.backend.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.backend.BackendRef;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.Survivor;
import bgjob.process.ProcessEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MembersTest {
    private static final String ID = "x_20260101_000000";
    private static final String MARK = "BGJOB_ID=" + ID;
    private static final String PLACE = "BGJOB_DIR=/r/.logs";
    private static final long LEADER = FakeTable.BASE + 10;
    private static final long SELF = ProcessHandle.current().pid();

    private final FakeTable table = new FakeTable();

    private Members members() {
        Facts facts = new Facts();
        for (String[] fact : new String[][] {{"host", "here"}, {"pid_ns", "pid:[1]"}, {"pid", "" + LEADER}, {"pgid", "" + LEADER},
            {"start_time", "ticks:" + LEADER}, {"boot_id", "boot-1"}}) {
            facts.add(fact[0], fact[1]);
        }
        return new Members(table, new BackendRef(JobId.parse(ID), "/r/.logs", facts));
    }

    private static long pid(int n) {
        return FakeTable.BASE + n;
    }

    private void assertFound(Integer... numbers) {
        Set<Long> expected = new TreeSet<>(Arrays.stream(numbers).map(MembersTest::pid).toList());
        Set<Long> found = new TreeSet<>(members().find().stream().map(ProcessEntry::pid).toList());

        assertEquals(expected, found);
    }

    @Nested
    class WhileTheLeaderLives {
        @Test
        void the_whole_group_belongs_to_it_marked_or_not() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(11), LEADER, LEADER, 'S').add(pid(12), 1, LEADER, 'R');

            assertFound(10, 11, 12);
        }

        @Test
        void a_child_that_left_the_group_and_was_orphaned_is_known_by_its_mark() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(20), 1, pid(20), 'S', "HOME=/", MARK, PLACE);

            assertFound(10, 20);
        }

        @Test
        void descendants_belong_to_it_whose_environment_was_wiped() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(20), 1, pid(20), 'S', MARK, PLACE).add(pid(21), pid(20), pid(21), 'S')
                    .add(pid(22), pid(21), pid(22), 'S');

            assertFound(10, 20, 21, 22);
        }

        @Test
        void the_dead_do_not_count() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(11), LEADER, LEADER, 'Z').add(pid(20), 1, pid(20), 'X', MARK, PLACE);

            assertFound(10);
        }

        @Test
        void a_process_of_another_job_is_never_taken_not_even_as_a_child() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(11), LEADER, LEADER, 'S', MARK, PLACE)
                    .add(pid(30), pid(11), pid(30), 'S', "BGJOB_ID=y_20260101_000000", PLACE)
                    .add(pid(31), pid(11), pid(31), 'S', MARK + "_2", PLACE)
                    .add(pid(32), 1, pid(32), 'S', MARK, "BGJOB_DIR=/another/.logs")
                    .add(pid(33), pid(30), pid(33), 'S');

            assertFound(10, 11);
        }

        @Test
        void nothing_else_is_taken() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(1, 0, 1, 'S').add(pid(40), 1, pid(40), 'S').add(pid(41), 1, pid(41), 'S', PLACE);

            assertFound(10);
        }
    }

    @Nested
    class WhenTheLeaderIsGone {
        @Test
        void survivors_are_found_by_their_mark_and_the_group_by_one_of_them() {
            table.add(pid(11), 1, LEADER, 'S', MARK, PLACE).add(pid(12), 1, LEADER, 'S');

            assertFound(11, 12);
        }

        @Test
        void a_group_in_which_nobody_is_known_is_somebody_elses() {
            table.add(LEADER, 1, LEADER, 'S').add(pid(11), 1, LEADER, 'S');
            Facts facts = new Facts();
            facts.add("pid", "" + LEADER);
            facts.add("pgid", "" + LEADER);
            facts.add("start_time", "ticks:17");

            assertEquals(List.of(), new Members(table, new BackendRef(JobId.parse(ID), "/r/.logs", facts)).find());
        }

        @Test
        void a_pid_from_before_a_restart_or_from_elsewhere_means_nothing() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE);
            table.boot = "boot-2";
            assertFound();
            table.boot = "boot-1";
            table.space = "pid:[2]";
            assertFound();
        }

        @Test
        void a_group_of_0_or_1_is_nobodys() {
            table.add(pid(11), 1, 1, 'S', MARK, PLACE).add(pid(12), 1, 1, 'S').add(pid(13), 1, 0, 'S');
            Facts facts = new Facts();
            facts.add("pid", "1");
            facts.add("pgid", "1");
            List<ProcessEntry> found = new Members(table, new BackendRef(JobId.parse(ID), "/r/.logs", facts)).find();

            assertEquals(List.of(pid(11)), found.stream().map(ProcessEntry::pid).toList());
        }
    }

    @Nested
    class WhenTheCallerIsInIt {
        @Test
        void the_caller_and_its_ancestors_are_spared() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(11), LEADER, LEADER, 'S', MARK, PLACE).add(SELF, pid(11), SELF, 'R', MARK, PLACE)
                    .add(pid(12), LEADER, LEADER, 'S', MARK, PLACE);

            assertFound(12);
        }

        @Test
        void it_is_noticed_in_the_group() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(SELF, LEADER, LEADER, 'R', MARK, PLACE);

            assertTrue(members().holdsCaller());
        }

        @Test
        void it_is_noticed_in_a_group_of_its_own_below_the_job() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(pid(11), LEADER, LEADER, 'S', MARK, PLACE).add(SELF, pid(11), SELF, 'R', MARK, PLACE);

            assertTrue(members().holdsCaller(), "then nothing of the job can be signalled, and nothing said to be stopped");
        }

        @Test
        void elsewhere_it_is_not() {
            table.add(LEADER, 1, LEADER, 'S', MARK, PLACE).add(SELF, 1, SELF, 'R');
            assertFalse(members().holdsCaller());
        }
    }

    @Test
    void processes_are_described_by_pid_group_and_command() {
        table.add(pid(11), 1, LEADER, 'S', MARK, PLACE);
        Members members = members();

        assertEquals(List.of(new Survivor(pid(11), LEADER, "command " + pid(11))), members.describe(members.find()));
    }
}
