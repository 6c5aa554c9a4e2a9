package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import bgjob.job.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void the_numbers_are_those_of_the_contract_and_each_has_a_meaning() {
        assertEquals(List.of(0, 1, 2, 124, 125), Arrays.stream(ExitCode.values()).map(ExitCode::number).toList());
        for (ExitCode code : ExitCode.values()) {
            assertFalse(code.meaning().isBlank());
        }
    }

    @Test
    void every_kind_of_failure_has_its_number() {
        List<Integer> numbers = Arrays.stream(Kind.values()).map(kind -> ExitCode.of(kind).number()).toList();

        assertEquals(List.of(Kind.NOT_FOUND, Kind.FAILED, Kind.USAGE, Kind.TIME_OUT, Kind.CANNOT_TELL), List.of(Kind.values()));
        assertEquals(List.of(1, 1, 2, 124, 125), numbers);
    }
}
