package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.HostileNames;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
    @Test
    void what_it_waits_for_is_kept_by_the_names_given_and_the_number_of_slots_is_not() {
        Queueing asked = new Queueing("disk", 3, -7, List.of(new Queueing.After("tests", JobId.parse("tests_20261121_050607"), true),
                new Queueing.After("lint", null, false)));

        JobSpec read = Recipe.read("x", Recipe.write(new JobSpec("x", List.of("make"), "/", List.of()).behind(asked)));

        assertEquals(new Queueing("disk", 0, -7, List.of(new Queueing.After("tests", null, true), new Queueing.After("lint", null, false))),
                read.queueing());
        assertSame(Queueing.NONE, Recipe.read("x", "cwd / -- make").queueing());
    }

    @Test
    void what_is_written_is_read_back_on_one_line() {
        Limits limits = new Limits(300, 5, -3, 4, 60, List.of(75, 1), "echo 'a'\necho b", 64 << 10, true);
        JobSpec spec = new JobSpec("x", HostileNames.arguments(), "/a b\nc", List.of("A=1", "B='\n'", "C="), limits, Origin.NONE);

        String line = Recipe.write(spec);

        assertFalse(line.contains("\n"), line);
        assertEquals(spec, Recipe.read("x", line));
    }

    @Test
    void a_plain_job_has_a_plain_recipe_and_no_bounds() {
        JobSpec spec = new JobSpec("x", List.of("--", "timeout", "5"), "/", List.of());

        assertEquals("cwd / -- -- timeout 5", Recipe.write(spec));
        assertEquals(spec, Recipe.read("x", Recipe.write(spec)));
        assertSame(Limits.NONE, Recipe.read("x", Recipe.write(spec)).limits());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cwd /", "cwd / --", "-- make", "cwd / timeout x -- make", "cwd / retry-on 1x -- make", "make"})
    void what_is_no_recipe_is_none(String line) {
        assertNull(Recipe.read("x", line));
    }

    @Test
    void what_a_newer_bgjob_asks_for_is_not_left_out_in_silence() {
        BgjobException refusal = assertThrows(BgjobException.class, () -> Recipe.read("x", "cwd / moon full -- make"));

        assertTrue(refusal.getMessage().contains("'moon'"), refusal.getMessage());
    }
}
