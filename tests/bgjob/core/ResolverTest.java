package bgjob.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bgjob.job.BgjobException;
import bgjob.job.Kind;
import bgjob.store.JobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverTest {
    @TempDir
    Path temp;

    private Records records;

    @BeforeEach
    void make() {
        records = new Records(temp);
    }

    private String resolve(String name) {
        return new Resolver(new JobStore(records.path())).resolve(name).toString();
    }

    private String refusal(Kind kind, String name) {
        BgjobException refusal = assertThrows(BgjobException.class, () -> resolve(name));
        assertEquals(kind, refusal.kind());
        return refusal.getMessage();
    }

    @Nested
    class Found {
        @Test
        void a_label_is_its_newest_job_and_an_id_is_that_job() {
            records.started("tests_20260101_000000");
            records.started("tests_20260102_000000");
            records.started("tests_20260102_000000_2");

            assertEquals("tests_20260102_000000_2", resolve("tests"));
            assertEquals("tests_20260101_000000", resolve("tests_20260101_000000"));
            assertEquals("tests_20260102_000000", resolve("tests_20260102_000000"));
        }

        @Test
        void a_label_spelled_like_an_id_is_found_while_no_job_has_that_id() {
            records.write("x_20260101_000000_20260202_000000.meta", "label=x_20260101_000000\n");
            assertEquals("x_20260101_000000_20260202_000000", resolve("x_20260101_000000"));

            records.started("x_20260101_000000");
            assertEquals("x_20260101_000000", resolve("x_20260101_000000"));
        }

        @Test
        void a_label_is_not_another_that_begins_with_it() {
            records.started("tests_20260101_000000");
            records.write("tests_unit_20260202_000000.meta", "");

            assertEquals("tests_20260101_000000", resolve("tests"));
        }
    }

    @Nested
    class NotFound {
        @Test
        void near_labels_are_named() {
            records.started("tests_20260101_000000");
            records.started("deploy_20260101_000000");

            assertEquals("no job 'test' in " + records.path() + "; did you mean 'tests'?", refusal(Kind.NOT_FOUND, "test"));
        }

        @Test
        void near_ids_are_named_for_an_id() {
            records.started("tests_20260101_000000");
            String said = refusal(Kind.NOT_FOUND, "tests_20260101_000001");

            assertEquals("no job 'tests_20260101_000001' in " + records.path() + "; did you mean 'tests_20260101_000000'?", said);
        }

        @Test
        void an_id_that_is_too_long_for_a_label_is_a_job_that_is_gone() {
            refusal(Kind.NOT_FOUND, "L".repeat(180) + "_20260101_000000");
            refusal(Kind.USAGE, "L".repeat(190));
        }

        @Test
        void with_nothing_near_the_list_is_named() {
            records.started("tests_20260101_000000");

            assertEquals("no job 'deploy' in " + records.path() + "; `bgjob list` shows what there is", refusal(Kind.NOT_FOUND, "deploy"));
        }

        @Test
        void without_any_job_the_way_to_start_one_is_named() {
            assertEquals("no job 'x' in " + records.path() + ": there are no jobs yet; start one with: bgjob run x -- CMD",
                    refusal(Kind.NOT_FOUND, "x"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "../x", "é", "a/b"})
        void what_can_be_no_label_is_a_mistake_of_the_command_line(String name) {
            String said = refusal(Kind.USAGE, name);

            assertEquals(0, said.indexOf("'" + name + "' is no label or job id: it "));
        }
    }
}
