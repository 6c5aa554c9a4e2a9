package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.Markdown;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Decisions are numbered once each, without a gap, and have one form. */
class DecisionsTest {

    private static final String FOLDER = "docs/decisions";
    private static final List<Path> RECORDS = Checkout.files(FOLDER, ".md").stream()
            .filter(file -> !file.getFileName().toString().equals("README.md")).toList();

    @Test
    void numbers_are_unique_and_consecutive() {
        assertTrue(!RECORDS.isEmpty());
        for (int i = 0; i < RECORDS.size(); i++) {
            String name = RECORDS.get(i).getFileName().toString();
            String number = String.format(Locale.ROOT, "%04d", i + 1);
            assertTrue(name.matches(number + "-[a-z0-9-]+\\.md"), name + " should have the number " + number);
        }
    }

    @Test
    void each_has_its_number_in_the_title_and_the_four_parts() {
        for (Path file : RECORDS) {
            List<Markdown.Heading> headings = new Markdown(Checkout.text(file)).headings();
            String name = file.getFileName().toString();
            assertTrue(headings.get(0).text().startsWith(name.substring(0, 4) + " "), name);
            assertEquals(List.of("Context", "Options", "Outcome", "Consequences"),
                    headings.stream().filter(h -> h.level() == 2).map(Markdown.Heading::text).toList(), name);
        }
    }

    @Test
    void the_list_has_every_title() {
        String list = Checkout.text(FOLDER + "/README.md");
        for (Path file : RECORDS) {
            String title = new Markdown(Checkout.text(file)).headings().get(0).text();
            String line = "- [" + title + "](" + file.getFileName() + ")";
            assertTrue(list.contains(line + "\n"), "missing: " + line);
        }
    }
}
