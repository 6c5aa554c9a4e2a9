package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.Markdown;
import java.lang.Runtime.Version;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CHANGELOG.md keeps its form, and names the version that the program names. */
class ChangelogTest {

    private static final String TEXT = Checkout.text("CHANGELOG.md");

    private static List<String> sections() {
        return new Markdown(TEXT).headings().stream().filter(h -> h.level() == 2).map(Markdown.Heading::text).toList();
    }

    @Test
    void unreleased_stands_on_top_and_says_what_is_new() {
        assertEquals("[Unreleased]", sections().get(0));
        String unreleased = TEXT.split("\n## ")[1];
        assertTrue(unreleased.contains("\n### ") && unreleased.contains("\n- "), unreleased);
    }

    @Test
    void every_other_section_is_a_version_with_its_date_newest_first() {
        List<Version> versions = new ArrayList<>();
        for (String section : sections().subList(1, sections().size())) {
            assertTrue(section.matches("\\[\\d+\\.\\d+\\.\\d+] - \\d{4}-\\d\\d-\\d\\d"), section);
            versions.add(Version.parse(section.substring(1, section.indexOf(']')).replaceFirst("(\\.0)+$", "")));
        }
        for (int i = 1; i < versions.size(); i++) {
            assertTrue(versions.get(i - 1).compareTo(versions.get(i)) > 0, versions.toString());
        }
    }

    @Test
    void parts_are_those_of_keep_a_changelog() {
        for (Markdown.Heading heading : new Markdown(TEXT).headings()) {
            boolean part = List.of("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security").contains(heading.text());
            assertFalse(heading.level() > 2 && !part, heading.text());
        }
    }

    /** Until a release, Unreleased says which version it will be; afterwards the program may still have that of the newest. */
    @Test
    void the_programs_version_is_named() {
        String unreleased = "Will be version " + Checkout.version();
        boolean released = sections().size() > 1 && sections().get(1).startsWith("[" + Checkout.version() + "]");
        assertTrue(TEXT.split("\n## ")[1].contains(unreleased + ",") || TEXT.split("\n## ")[1].contains(unreleased + ".\n") || released,
                "CHANGELOG.md names no version " + Checkout.version());
    }
}
