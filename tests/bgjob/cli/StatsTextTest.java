package bgjob.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsTextTest {
    private final StatsText blocks = new StatsText(new Terminal(false, null), true);
    private final StatsText ascii = new StatsText(new Terminal(false, null), false);

    @Test
    void a_trend_goes_from_the_lowest_to_the_highest() {
        assertEquals("▁▂▃▄▅▆▇█", blocks.spark(List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L)));
        assertEquals("#_", ascii.spark(List.of(2_000_000_000_000L, 1L)));
        assertEquals("▄▄", blocks.spark(List.of(5L, 5L)));
        assertEquals("-", blocks.spark(List.of()));
    }

    @Test
    void blocks_are_for_utf8_as_the_caller_has_it() {
        assertTrue(StatsCommand.blocks(Map.of("LANG", "de_DE.UTF-8")));
        assertTrue(StatsCommand.blocks(Map.of("LC_ALL", "en_US.utf8", "LANG", "C")));
        assertTrue(StatsCommand.blocks(Map.of("LC_ALL", "C.UTF-8", "BGJOB_UNSET_LC_ALL", "1", "LC_CTYPE", "C.UTF-8")));
        assertFalse(StatsCommand.blocks(Map.of("LC_ALL", "C.UTF-8", "BGJOB_UNSET_LC_ALL", "1", "LANG", "C")));
        assertFalse(StatsCommand.blocks(Map.of("LC_ALL", "C.UTF-8", "BGJOB_SAVED_LC_ALL", "POSIX", "LANG", "de_DE.UTF-8")));
        assertFalse(StatsCommand.blocks(Map.of()));
    }

    @Test
    void sizes_are_short() {
        assertEquals("1 byte", PruneText.size(1));
        assertEquals("1023 bytes", PruneText.size(1023));
        assertEquals("1.0 KiB", PruneText.size(1024));
        assertEquals("1.5 MiB", PruneText.size(1536 << 10));
        assertEquals("5.0 GiB", PruneText.size(5L << 30));
    }
}
