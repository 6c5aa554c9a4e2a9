package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/coverage.md claims nothing that no test shows. */
class CoverageDocTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void every_line_names_a_test_and_every_test_named_is_there() throws Exception {
        Map<String, String> sources = new HashMap<>();
        for (Path file : LayersTest.files(Checkout.root().resolve("tests"), "Test.java")) {
            sources.put(file.getFileName().toString(), Files.readString(file));
        }
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : Checkout.text("docs/coverage.md").lines().filter(line -> line.startsWith("| ") && !line.endsWith("| shown by |")).toList()) {
            String shown = line.substring(line.lastIndexOf(" | ") + 3);
            Matcher test = TEST.matcher(shown);
            boolean any = false;
            while (test.find()) {
                any = true;
                if (!sources.getOrDefault(test.group(1) + ".java", "").contains("void " + test.group(2) + "(")) {
                    wrong.add("there is no test " + test.group());
                }
            }
            if (!any) {
                wrong.add("no test: " + line);
            }
            rows++;
        }
        assertEquals(List.of(), wrong);
        assertTrue(rows > 40, "only " + rows + " lines");
    }

    @Test
    void every_criterion_of_the_documents_has_its_line() {
        String page = Checkout.text("docs/coverage.md");
        Map<String, Integer> least = Map.of("## HELIX", 7, "## SpecWeave: quick reference", 7, "## SpecWeave: job types", 10,
                "## SpecWeave: troubleshooting", 5, "## Agor", 16);
        least.forEach((heading, lines) -> {
            int start = page.indexOf("\n" + heading);
            int end = page.indexOf("\n## ", start + 2);
            String part = page.substring(start, end < 0 ? page.length() : end);

            assertTrue(part.lines().filter(line -> line.startsWith("| ")).count() - 1 >= lines, heading);
        });
    }
}
