package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets the time zone of the whole JVM")
class Rfc3339Test {
    private static final long LAST = Instant.parse("2199-12-31T23:59:59Z").toEpochMilli();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final TimeZone before = TimeZone.getDefault();

    @AfterEach
    void restore() {
        TimeZone.setDefault(before);
    }

    private static List<Long> moments() {
        List<Long> moments = new ArrayList<>(List.of(0L, 999L, 1000L, -1L, -1000L, LAST));
        for (LocalDateTime day = LocalDateTime.of(1970, 1, 1, 0, 0); day.getYear() < 2110; day = day.plusDays(1)) {
            long midnight = day.toInstant(ZoneOffset.UTC).toEpochMilli();
            moments.add(midnight);
            moments.add(midnight - 1);
        }
        Random random = new Random(20261121);
        for (int i = 0; i < 20_000; i++) {
            moments.add((long) (random.nextDouble() * LAST));
        }
        return moments;
    }

    @Test
    void utc_writes_what_java_time_writes() {
        for (long moment : moments()) {
            String expected = Instant.ofEpochMilli(moment).truncatedTo(ChronoUnit.SECONDS).toString();

            assertEquals(expected, Rfc3339.utc(moment));
        }
    }

    @Test
    void parse_reads_back_what_utc_writes() {
        for (long moment : moments()) {
            assertEquals(Math.floorDiv(moment, 1000) * 1000, Rfc3339.parse(Rfc3339.utc(moment)), () -> Rfc3339.utc(moment));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Asia/Kathmandu",
        "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Monrovia", "America/Sao_Paulo"})
    void local_times_follow_the_zone_through_every_change_of_its_clock(String name) {
        TimeZone.setDefault(TimeZone.getTimeZone(name));
        ZoneId zone = ZoneId.of(name);
        List<Long> moments = new ArrayList<>();
        Random random = new Random(name.hashCode());
        for (int i = 0; i < 2000; i++) {
            moments.add((long) (random.nextDouble() * Instant.parse("2037-01-01T00:00:00Z").toEpochMilli()));
        }
        ZoneOffsetTransition change = zone.getRules().nextTransition(Instant.EPOCH);
        while (change != null && change.getDateTimeAfter().getYear() < 2037) {
            long moment = change.toEpochSecond() * 1000;
            moments.addAll(List.of(moment - 1000, moment - 1, moment, moment + 1000, moment + 3_600_000));
            change = zone.getRules().nextTransition(change.getInstant());
        }
        for (long moment : moments) {
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochMilli(moment), zone);

            assertEquals(STAMP.format(local), Rfc3339.localStamp(moment));
            assertEquals(LOCAL.format(local), Rfc3339.local(moment, TimeZone.getDefault().getOffset(moment)));
        }
    }

    @Test
    void a_day_that_the_calendar_lacks_is_no_time() {
        for (int year : new int[] {1999, 2000, 2023, 2024, 2100}) {
            for (int month = 0; month <= 13; month++) {
                for (int day = 0; day <= 32; day++) {
                    String text = String.format("%04d-%02d-%02dT12:00:00Z", year, month, day);
                    Long expected;
                    try {
                        expected = LocalDateTime.of(year, month, day, 12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
                    } catch (DateTimeException e) {
                        expected = null;
                    }
                    assertEquals(expected, Rfc3339.parse(text), text);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "2026-11-21", "2026-11-21T05:06:07", "2026-11-21T05:06:07+00:00", "2026-11-21T05:06:07z",
        "2026-11-21 05:06:07Z", "2026-11-21T24:00:00Z", "2026-11-21T05:60:00Z", "2026-11-21T05:06:61Z", "2026-11-21T05:06:07.1Z",
        "2026-1-21T05:06:07ZZ", "+026-11-21T05:06:07Z", "-026-11-21T05:06:07Z", "2026-11-21T-5:06:07Z", "202٦-11-21T05:06:07Z"})
    void what_is_spelled_otherwise_is_no_time(String text) {
        assertNull(Rfc3339.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026x11-21T05:06:07Z", "2026-11x21T05:06:07Z", "2026-11-21T05x06:07Z", "2026-11-21T05:06x07Z",
        "2026/11/21T05:06:07Z"})
    void other_separators_make_no_time(String text) {
        assertNull(Rfc3339.parse(text));
    }

    @Test
    void no_text_is_no_time() {
        assertNull(Rfc3339.parse(null));
    }

    @Test
    void the_offset_of_a_stamp_is_that_of_the_zone_it_was_written_in() {
        for (String zone : new String[] {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"}) {
            TimeZone before = TimeZone.getDefault();
            try {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                for (long utc = 1_700_000_000_000L; utc < 1_735_000_000_000L; utc += 86_400_000L * 13) {
                    assertEquals(TimeZone.getDefault().getOffset(utc), Rfc3339.offset(Rfc3339.localStamp(utc), utc), zone);
                }
            } finally {
                TimeZone.setDefault(before);
            }
        }
    }

    @Test
    void a_stamp_of_another_moment_gives_the_zone_s_own_offset() {
        long utc = 1_700_000_000_000L;
        assertEquals(TimeZone.getDefault().getOffset(utc), Rfc3339.offset("20991231_235959", utc));
        assertEquals(TimeZone.getDefault().getOffset(utc), Rfc3339.offset("nonsense", utc));
    }

    @Test
    void an_offset_is_written_with_sign_hours_and_minutes() {
        assertEquals("+0000", Rfc3339.offset(0));
        assertEquals("+0545", Rfc3339.offset((5 * 60 + 45) * 60_000));
        assertEquals("-0330", Rfc3339.offset(-(3 * 60 + 30) * 60_000));
    }
}
