package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import docs.Checkout;
import docs.CommandsDoc;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a user can type, and set in the environment, is documented, and nothing else is. */
class CommandsDocTest {

    private static final String VARIABLE = "\\b(BGJOB_[A-Z_]*[A-Z])\\b";

    @Test
    void the_page_of_commands_is_what_help_prints() throws Exception {
        assertEquals(CommandsDoc.page(), Checkout.text(CommandsDoc.PAGE), "write it anew: ./jbang tests/docs/CommandsDoc.java");
    }

    @Test
    void readme_and_the_changelog_name_every_command() {
        for (String page : new String[] {"README.md", "CHANGELOG.md"}) {
            String text = Checkout.text(page);
            for (String verb : Checkout.verbs()) {
                assertTrue(text.contains("`" + verb + "`"), page + " does not name `" + verb + "`");
            }
        }
    }

    @Test
    void every_variable_that_the_program_knows_is_documented_and_no_other() {
        Set<String> known = new TreeSet<>();
        for (Path source : Checkout.files("lib", "")) {
            known.addAll(Checkout.matches(VARIABLE, Checkout.text(source)));
        }
        for (String front : new String[] {"bgjob", "jbang", "bgjob.java"}) {
            known.addAll(Checkout.matches(VARIABLE, Checkout.text(front)));
        }
        assertTrue(known.size() > 10, known.toString());
        assertEquals(known, Checkout.matches(VARIABLE, Checkout.text("docs/environment.md")));
    }

    /** As the code asks for it: {@code environment.get("SHELL")}, {@code getOrDefault("BGJOB_SH", …)}. */
    @Test
    void every_other_variable_that_java_asks_for_is_documented() {
        Set<String> asked = new TreeSet<>();
        for (Path source : Checkout.files("lib", ".java")) {
            asked.addAll(Checkout.matches("nvironment(?:\\(\\))?\\.(?:get|getOrDefault|containsKey)\\(\"([A-Z_]+[A-Z])\"",
                    Checkout.text(source)));
        }
        assertTrue(asked.containsAll(Set.of("SHELL", "NO_COLOR")), asked.toString());
        String page = Checkout.text("docs/environment.md");
        asked.removeIf(name -> page.contains("`" + name + "`"));
        assertEquals(Set.of(), asked);
    }
}
