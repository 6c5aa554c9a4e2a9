package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import docs.Checkout;
import docs.Markdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ten lines of docs/library.md, by sources and by coordinates. */
class TenLinesTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    private String run(String name) {
        return home.command(JobHome.CHECKOUT + "/jbang", Example.script(name)).noisy().run().out();
    }

    @Test
    void by_sources_from_a_checkout() {
        new Example(home, "ten-lines");
        assertEquals("completed: hi\n", run("ten-lines"));
        assertTrue(home.ok("list").contains(" completed "), "the command does not see what the library started");
    }

    @Test
    void by_coordinates_of_an_exported_jar() throws Exception {
        home.environment().put("JBANG_DIR", Example.JBANG_DIR.toString());
        Path repository = Files.createDirectory(home.root().resolve("repository"));
        Path known = Path.of(System.getProperty("user.home"), ".m2/repository");
        try (Stream<Path> groups = Files.list(known)) { // what it needs itself was fetched for the program long ago
            for (Path group : groups.filter(group -> !group.endsWith("bgjob")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        Example.jbang("export", "mavenrepo", "--force", "-O", repository.toString(), JobHome.CHECKOUT + "/lib/library.java");
        home.environment().put("JBANG_REPO", repository.toString());
        home.environment().put("JBANG_CACHE_DIR", home.root().resolve("cache").toString());

        assertEquals("completed: hi\n", run("ten-lines-deps"));
    }

    @Test
    void the_guide_shows_them_as_they_are() throws IOException {
        String sources = Checkout.text("docs/examples/ten-lines.java");
        String coordinates = "//DEPS bgjob:bgjob-library:" + Checkout.version();
        List<Markdown.Block> blocks = new Markdown(Checkout.text("docs/library.md")).blocks("Ten lines", "java");

        assertEquals(sources, blocks.get(0).text());
        assertEquals(sources.replace("//SOURCES ../../lib/library.java", coordinates), Checkout.text("docs/examples/ten-lines-deps.java"));
        assertTrue(Checkout.text("docs/library.md").contains("`" + coordinates + "`"));
        assertTrue(sources.lines().count() <= 10, "more than ten lines");
    }
}
