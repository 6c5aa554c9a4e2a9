package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import docs.Checkout;
import docs.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JBang finds bgjob by its alias, from where a user may be. */
class CatalogTest {

    private static final Path ROOT = Checkout.root();
    private static final String VERSION = "bgjob " + Checkout.version() + "\n";

    @Test
    void the_alias_names_the_front_door_and_describes_it_in_its_own_words() {
        JsonObject catalog = JsonParser.parseString(Checkout.text("jbang-catalog.json")).getAsJsonObject();
        JsonObject alias = catalog.getAsJsonObject("aliases").getAsJsonObject("bgjob");
        assertEquals("bgjob.java", alias.get("script-ref").getAsString());
        assertEquals(Checkout.matches("(?m)^//DESCRIPTION (.*)$", Checkout.text("bgjob.java")).iterator().next(),
                alias.get("description").getAsString());
    }

    @Test
    void the_alias_works_in_the_checkout() throws Exception {
        assertEquals(VERSION, jbang(ROOT, "bgjob@.", "--version"));
        assertEquals(VERSION, jbang(ROOT.resolve("docs"), "bgjob", "--version"));
    }

    @Test
    void the_alias_works_from_elsewhere(@TempDir Path elsewhere) throws Exception {
        assertEquals(VERSION, jbang(elsewhere, "bgjob@" + ROOT, "--version"));
        assertEquals(VERSION, jbang(elsewhere, "--catalog", ROOT.resolve("jbang-catalog.json").toString(), "bgjob", "--version"));
    }

    private static String jbang(Path folder, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = ROOT.resolve("jbang").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return new Program(folder, Map.of()).run(command).out(0);
    }
}
