///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Writes docs/reliability.md from the tests that force faults
//SOURCES Checkout.java

package docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes docs/reliability.md: what each test that is marked with {@code @Fault} promises, by fault. */
public final class ReliabilityDoc {
    /** The page, below the root of the checkout. */
    public static final String PAGE = "docs/reliability.md";
    /** What is said beside the table, with a mark where it goes. */
    public static final String TEXT = "tests/docs/reliability.txt";

    private static final String MARK = "@TABLE@\n";
    private static final String WORD = "\"(?:[^\"\\\\]|\\\\.)*\"";
    private static final Pattern FAULT = Pattern.compile("@Fault\\(value = (" + WORD + "),\\s*promise = (" + WORD + "(?:\\s*\\+\\s*" + WORD + ")*)\\)");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    private ReliabilityDoc() {
    }

    /** One promise and the test that holds bgjob to it. */
    private record Line(String fault, String promise, String test) {
    }

    public static void main(String... arguments) throws Exception {
        Files.writeString(Checkout.root().resolve(PAGE), page());
    }

    /** @return the page as it should be */
    public static String page() throws IOException {
        String text = Checkout.text(TEXT);
        Map<String, List<Line>> faults = new LinkedHashMap<>();
        Matcher heading = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*").matcher(text);
        while (heading.find()) {
            faults.put(heading.group(1), new ArrayList<>());
        }
        for (Path file : Checkout.files("tests", "Test.java")) {
            for (Line line : lines(file)) {
                if (!faults.containsKey(line.fault)) {
                    throw new IllegalStateException(line.test + " is about '" + line.fault + "', of which " + TEXT + " says nothing");
                }
                faults.get(line.fault).add(line);
            }
        }
        return text.replace(MARK, table(faults));
    }

    private static List<Line> lines(Path file) {
        String code = Checkout.text(file);
        String type = file.getFileName().toString().replace(".java", "");
        List<Line> lines = new ArrayList<>();
        Matcher fault = FAULT.matcher(code);
        while (fault.find()) {
            Matcher method = METHOD.matcher(code);
            if (!method.find(fault.end())) {
                throw new IllegalStateException(file + " has a fault and no test behind it");
            }
            lines.add(new Line(string(fault.group(1)), string(fault.group(2)), type + " " + method.group(1).replace('_', ' ')));
        }
        int marked = code.split("@Fault\\(", -1).length - 1;
        if (marked != lines.size()) {
            throw new IllegalStateException(file + " has " + marked + " faults, of which " + lines.size() + " are spelled as value = \"…\", promise = \"…\"");
        }
        return lines;
    }

    private static String string(String literals) {
        StringBuilder text = new StringBuilder();
        Matcher literal = Pattern.compile(WORD).matcher(literals);
        while (literal.find()) {
            String inside = literal.group();
            text.append(inside, 1, inside.length() - 1);
        }
        return text.toString().replace("\\\"", "\"").replace("|", "\\|");
    }

    private static String table(Map<String, List<Line>> faults) {
        StringBuilder table = new StringBuilder("| fault | promised | forced by |\n|---|---|---|\n");
        List<String> bare = new ArrayList<>();
        faults.forEach((fault, lines) -> {
            String name = fault;
            for (String promise : new TreeSet<>(lines.stream().map(Line::promise).toList())) {
                StringBuilder tests = new StringBuilder();
                for (Line line : lines) {
                    tests.append(!line.promise.equals(promise) ? "" : (tests.isEmpty() ? "" : "; ") + line.test);
                }
                table.append("| ").append(name).append(" | ").append(promise).append(" | ").append(tests).append(" |\n");
                name = "";
            }
            if (lines.isEmpty()) {
                bare.add(fault);
            }
        });
        if (!bare.isEmpty()) {
            throw new IllegalStateException("no test forces " + bare);
        }
        return table.toString();
    }
}
