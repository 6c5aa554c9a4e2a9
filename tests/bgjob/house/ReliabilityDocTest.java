package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.ReliabilityDoc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page promises is what tests force, and each of them is a test that runs. */
class ReliabilityDocTest {
    private static final Pattern MARKED = Pattern.compile("@Fault\\([^;{}]*?void \\w+\\(", Pattern.DOTALL);

    @Test
    void the_page_is_what_the_tests_say() throws Exception {
        assertEquals(ReliabilityDoc.page(), Checkout.text(ReliabilityDoc.PAGE), "write it anew: ./jbang tests/docs/ReliabilityDoc.java");
    }

    /** The annotations of one method stand together, in any order. */
    @Test
    void what_is_marked_is_a_test() {
        List<String> wrong = new ArrayList<>();
        int marked = 0;
        for (Path file : Checkout.files("tests", "Test.java")) {
            String code = Checkout.text(file);
            Matcher method = MARKED.matcher(code);
            while (method.find()) {
                marked++;
                String before = code.substring(Math.max(0, code.lastIndexOf("\n\n", method.start())), method.end());
                if (!before.matches("(?s).*@(Test|ParameterizedTest|InEveryShell)\\b.*")) {
                    wrong.add(file.getFileName() + ": " + method.group());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(marked > 40, "only " + marked + " are marked");
    }
}
