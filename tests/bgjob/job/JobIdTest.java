package bgjob.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    private static JobId id(String text) {
        JobId id = JobId.parse(text);
        assertNotNull(id, text);
        return id;
    }

    @Nested
    class Parsing {
        @ParameterizedTest
        @CsvSource({
            "tests_20261121_050607, tests, 20261121_050607, 20261121_050607",
            "tests_20261121_050607_2, tests, 20261121_050607, 20261121_050607_2",
            "tests_20261121_050607_10, tests, 20261121_050607, 20261121_050607_10",
            "tests_unit_20261121_050607, tests_unit, 20261121_050607, 20261121_050607",
            "a__20261121_050607, a_, 20261121_050607, 20261121_050607",
            "__20261121_050607, _, 20261121_050607, 20261121_050607",
            "1_20261121_050607, 1, 20261121_050607, 20261121_050607",
            "-.x_20261121_050607, -.x, 20261121_050607, 20261121_050607",
            // labels that look like ids: what stands last is the stamp
            "x_20260101_000000_20261121_050607, x_20260101_000000, 20261121_050607, 20261121_050607",
            "x_20260101_000000_20261121_050607_3, x_20260101_000000, 20261121_050607, 20261121_050607_3",
            "x_20260101_000000_2_20261121_050607, x_20260101_000000_2, 20261121_050607, 20261121_050607",
            "20260101_000000_20261121_050607, 20260101_000000, 20261121_050607, 20261121_050607",
            "x_2_20261121_050607, x_2, 20261121_050607, 20261121_050607"})
        void an_id_names_its_label_and_its_second(String text, String label, String stamp, String ts) {
            JobId id = id(text);

            assertEquals(label, id.label());
            assertEquals(stamp, id.stamp());
            assertEquals(ts, id.ts());
            assertEquals(text, id.toString());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "_", "tests", "20261121_050607", "_20261121_050607", "_20261121_050607_2", "tests_20261121",
            "tests_20261121_05060", "tests_20261121_0506077", "tests_20261121-050607", "tests-20261121_050607", "tests_2026112x_050607",
            "tests_20261121_050607_", "tests_20261121_050607_0", "tests_20261121_050607_1", "tests_20261121_050607_02",
            "tests_20261121_050607_-2", "tests_20261121_050607_2x", "tests_20261121_050607_2_", "tests_20261121_050607_123456789",
            "te sts_20261121_050607", "a/b_20261121_050607", "../x_20261121_050607", "é_20261121_050607", "x\n_20261121_050607",
            "x_٢٠٢٦١١٢١_050607", "x_20261121_050607 "})
        void what_spells_no_id_is_none(String text) {
            assertNull(JobId.parse(text));
        }

        @Test
        void any_text_is_either_no_id_or_spells_the_same_id_again() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            String alphabet = "_019ax.-/ ";
            int ids = 0;
            for (int i = 0; i < 20_000; i++) {
                StringBuilder text = new StringBuilder(random.nextBoolean() ? "a" : "");
                for (int n = random.nextInt(4); n > 0; n--) {
                    text.append(random.nextInt(3) == 0 ? "_20261121_050607" : "_" + random.nextInt(12));
                }
                if (random.nextInt(4) == 0) {
                    text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
                }
                JobId id = JobId.parse(text.toString());
                if (id != null) {
                    ids++;
                    assertEquals(text.toString(), id.toString(), "seed " + seed);
                    assertNull(JobId.whyNotLabel(id.label()), "seed " + seed + ": " + text);
                }
            }
            assertTrue(ids > 1000, "too few of the texts were ids: " + ids);
        }
    }

    @Nested
    class Labels {
        @ParameterizedTest
        @ValueSource(strings = {"a", "Z", "0", ".", "..", "-", "_", "tests", "api-v1.2_x", "x_20260101_000000"})
        void letters_digits_dot_underscore_and_dash_make_a_label(String label) {
            assertNull(JobId.whyNotLabel(label));
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "a/b", "a\nb", "a\0", "é", "a:b", "$x", "a*", "@", "[", "`", "{", "/", "٣"})
        void no_other_character_does(String label) {
            assertEquals("has a character other than A-Z a-z 0-9 . _ -", JobId.whyNotLabel(label));
        }

        @Test
        void a_label_is_neither_empty_nor_longer_than_a_file_name_can_bear() {
            assertEquals("is empty", JobId.whyNotLabel(""));
            assertNull(JobId.whyNotLabel("x".repeat(180)));
            assertEquals("is longer than 180 characters", JobId.whyNotLabel("x".repeat(181)));
            String longest = id("x".repeat(180) + "_20261121_050607_99999999").toString();
            assertTrue(("." + longest + ".checkpoint.4194304").length() <= 255);
            assertNull(JobId.parse("x".repeat(181) + "_20261121_050607"));
        }
    }

    @Nested
    class Order {
        @Test
        void jobs_of_a_label_sort_by_age() {
            List<JobId> sorted = List.of(id("x_20251231_235959"), id("x_20260101_000000"), id("x_20260101_000000_2"),
                    id("x_20260101_000000_9"), id("x_20260101_000000_10"), id("x_20260101_000000_100"), id("x_20260101_000001"));
            List<JobId> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(7));
            Collections.sort(shuffled);

            assertEquals(sorted, shuffled);
        }

        @Test
        void jobs_of_several_labels_sort_by_second_then_label_then_number() {
            List<JobId> sorted = List.of(id("z_20260101_000000"), id("a_20260101_000001"), id("a_20260101_000001_2"),
                    id("a_20260101_000001_10"), id("b_20260101_000001"), id("a_20260101_000002"));
            List<JobId> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(8));
            Collections.sort(shuffled);

            assertEquals(sorted, shuffled);
        }

        @Test
        void the_next_id_of_the_same_second_is_newer_and_spelled_with_a_number() {
            JobId first = new JobId("x", "20260101_000000", 1);
            JobId tenth = first;
            for (int i = 2; i <= 10; i++) {
                assertTrue(tenth.compareTo(tenth.next()) < 0);
                tenth = tenth.next();
            }

            assertEquals("x_20260101_000000_2", first.next().toString());
            assertEquals("x_20260101_000000_10", tenth.toString());
            assertEquals(tenth, id(tenth.toString()));
        }

        @Test
        void ids_are_equal_when_they_are_spelled_alike() {
            assertEquals(new JobId("x", "20260101_000000", 2), id("x_20260101_000000_2"));
            assertEquals(new JobId("x", "20260101_000000", 2).hashCode(), id("x_20260101_000000_2").hashCode());
            assertNotEquals(id("x_20260101_000000"), id("x_20260101_000000_2"));
            assertNotEquals(id("tests_20260101_000000"), id("tests_unit_20260101_000000"));
            assertEquals(0, id("x_20260101_000000_2").compareTo(new JobId("x", "20260101_000000", 2)));
        }
    }
}
