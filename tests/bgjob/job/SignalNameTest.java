package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalNameTest {
    @ParameterizedTest
    @CsvSource({"TERM, TERM", "term, TERM", "SIGTERM, TERM", "sigint, INT", "Hup, HUP", "usr1, USR1", "STOP, STOP", "1, HUP", "2, INT",
        "3, QUIT", "6, ABRT", "9, KILL", "14, ALRM", "15, TERM"})
    void a_name_in_any_case_or_a_number_that_posix_fixes_is_a_signal(String text, String name) {
        assertEquals(name, SignalName.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "SIG", "TERM ", " TERM", "TERM INT", "FOO", "0", "4", "7", "10", "12", "16", "-9", "015", "KIL",
        "SIGSIGTERM", "ERM", "TERM\n"})
    void anything_else_is_refused_with_the_value(String text) {
        BgjobException refusal = assertThrows(BgjobException.class, () -> SignalName.parse(text));

        assertEquals(Kind.USAGE, refusal.kind());
        assertTrue(refusal.getMessage().startsWith("'" + text + "' is no signal"), refusal.getMessage());
    }

    @Test
    void the_numbers_are_those_that_kill_knows() throws Exception {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "for n in 1 2 3 6 9 14 15; do kill -l $n; done").start();
        String[] names;
        try (InputStream said = kill.getInputStream()) {
            names = new String(said.readAllBytes(), StandardCharsets.UTF_8).split("\n");
        }
        assertEquals(0, kill.waitFor());

        String[] own = Arrays.stream(new String[] {"1", "2", "3", "6", "9", "14", "15"}).map(SignalName::parse).toArray(String[]::new);
        assertEquals(Arrays.asList(names), Arrays.asList(own));
    }
}
