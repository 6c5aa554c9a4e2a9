package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docs.Checkout;
import docs.Markdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever follows a link, or a page named in a comment, arrives. */
class LinksTest {

    private static final Path ROOT = Checkout.root();

    @Test
    void every_link_leads_to_a_file_and_a_heading_that_are_there() {
        List<String> broken = new ArrayList<>();
        for (Path page : Checkout.files("", ".md")) {
            for (String link : new Markdown(Checkout.text(page)).links()) {
                if (!link.matches("[a-z]+:.*") && !arrives(page, link)) {
                    broken.add(ROOT.relativize(page) + " -> " + link);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    private static boolean arrives(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!target.startsWith(ROOT) || !Files.exists(target)) {
            return false;
        }
        return hash < 0 || new Markdown(Checkout.text(target)).headings().stream()
                .anyMatch(heading -> heading.anchor().equals(link.substring(hash + 1)));
    }

    @Test
    void every_page_can_be_reached_from_readme() {
        Set<Path> reached = new TreeSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(ROOT.resolve("README.md")));
        while (!open.isEmpty()) {
            Path page = open.pop();
            if (page.toString().endsWith(".md") && Files.exists(page) && reached.add(page)) {
                for (String link : new Markdown(Checkout.text(page)).links()) {
                    open.push(page.resolveSibling(link.replaceFirst("#.*", "")).normalize());
                }
            }
        }
        Set<Path> pages = new TreeSet<>(Checkout.files("docs", ".md"));
        pages.removeAll(reached);
        assertEquals(Set.of(), pages);
    }

    @Test
    void every_page_that_the_code_names_is_there() {
        List<Path> sources = new ArrayList<>(Checkout.files("lib", ""));
        sources.addAll(List.of(ROOT.resolve("bgjob"), ROOT.resolve("jbang"), ROOT.resolve("bgjob.java")));
        List<String> missing = new ArrayList<>();
        for (Path source : sources) {
            for (String page : Checkout.matches("\\b(docs/[\\w/-]+\\.md)\\b", Checkout.text(source))) {
                if (!Files.exists(ROOT.resolve(page))) {
                    missing.add(ROOT.relativize(source) + " names " + page);
                }
            }
        }
        assertEquals(List.of(), missing);
    }
}
