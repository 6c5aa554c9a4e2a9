package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LocalOffsetTest {
    private static final Path ZONES = Path.of("/usr/share/zoneinfo");
    private static final long FROM = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    private static final long YEARS = 20L * 366 * 86_400;

    /** Java's own rules are the model; the machine's files may be of another year, so a few zones that changed since may differ. */
    @Test
    void every_zone_of_the_machine_has_java_s_offset() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(ZONES), "there are no time zones in " + ZONES);
        Random random = new Random(7);
        int compared = 0;
        int wrong = 0;
        int unknown = 0;
        for (String zone : ZoneId.getAvailableZoneIds()) {
            Path file = ZONES.resolve(zone);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < 50; i++) {
                long second = FROM + (long) (random.nextDouble() * YEARS);
                int offset = LocalOffset.in(bytes, second);
                if (offset == Integer.MIN_VALUE) {
                    unknown++;
                } else {
                    compared++;
                    wrong += offset == ZoneId.of(zone).getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds() ? 0 : 1;
                }
            }
        }
        assertTrue(compared > 5000, compared + " compared, " + unknown + " unknown");
        assertTrue(wrong * 100 < compared, wrong + " of " + compared + " differ");
    }

    @Test
    void a_moment_around_a_transition_has_the_offset_of_its_side() throws IOException {
        Path berlin = ZONES.resolve("Europe/Berlin");
        Assumptions.assumeTrue(Files.isRegularFile(berlin), "there is no " + berlin);
        byte[] bytes = Files.readAllBytes(berlin);
        long summer = Instant.parse("2026-03-29T01:00:00Z").getEpochSecond();
        int before = LocalOffset.in(bytes, summer - 1);
        Assumptions.assumeTrue(before != Integer.MIN_VALUE, "the machine's time zones have rules only");
        assertEquals(3600, before);
        assertEquals(7200, LocalOffset.in(bytes, summer));
    }

    @Test
    void what_is_no_time_zone_or_cut_off_is_unknown_or_the_same() throws IOException {
        Path berlin = ZONES.resolve("Europe/Berlin");
        Assumptions.assumeTrue(Files.isRegularFile(berlin), "there is no " + berlin);
        byte[] bytes = Files.readAllBytes(berlin);
        int whole = LocalOffset.in(bytes, FROM);
        for (int n = 0; n < bytes.length; n++) {
            int offset = LocalOffset.in(Arrays.copyOf(bytes, n), FROM);
            assertTrue(offset == whole || offset == Integer.MIN_VALUE, n + " bytes give " + offset);
        }
        assertEquals(Integer.MIN_VALUE, LocalOffset.in("not a zone".repeat(20).getBytes(), FROM));
    }

    @Test
    void this_machine_s_offset_is_java_s() {
        long now = System.currentTimeMillis();
        assertEquals(ZoneId.systemDefault().getRules().getOffset(Instant.ofEpochMilli(now)).getTotalSeconds() * 1000, LocalOffset.at(now));
    }
}
