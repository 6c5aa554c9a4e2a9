///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Writes docs/commands.md from the programs' own help
//SOURCES Checkout.java
//SOURCES Program.java

package docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes docs/commands.md from the help of {@code bgjob} and of each of its verbs. */
public final class CommandsDoc {

    /** The page, below the root of the checkout. */
    public static final String PAGE = "docs/commands.md";

    private static final String INTRODUCTION = """
            # Commands

            What `bgjob --help` and `bgjob COMMAND --help` print; written by `./jbang tests/docs/CommandsDoc.java`, not by hand.

            `LABEL` is a label, which names its newest job, or a job id. `TIME` is a whole number with `ms`, `s`, `m`, `h` or `d`
            behind it; without one it means seconds. The bounds of a job are whole seconds. The numbers are in
            [exit codes](exit-codes.md), the JSON in [json](json.md).
            """;

    private CommandsDoc() {
    }

    public static void main(String... arguments) throws Exception {
        Files.writeString(Checkout.root().resolve(PAGE), page());
    }

    /** @return the page as it should be */
    public static String page() throws IOException, InterruptedException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        section(page, "bgjob", "--help");
        for (String verb : Checkout.verbs()) {
            section(page, verb, verb, "--help");
        }
        return page.toString();
    }

    private static void section(StringBuilder page, String title, String... arguments) throws IOException, InterruptedException {
        String help = new Program(Path.of("").toAbsolutePath(), Map.of()).bgjob(arguments).out(0);
        List<String> lines = new ArrayList<>();
        for (String line : help.split("\n")) {
            lines.add(line.stripTrailing());
        }
        page.append("\n## ").append(title).append("\n\n```text\n").append(String.join("\n", lines).strip()).append("\n```\n");
    }
}
