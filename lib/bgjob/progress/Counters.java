package bgjob.progress;

import bgjob.job.Progress.Source;

/** Lines of test runners and builds, which count steps. Each reader returns null for a line that is not its own. */
final class Counters {
    /** What pytest prints for a test, and for one that a plug-in runs in parts or again. */
    private static final String LETTERS = ".FEsxXpPuUR,-";
    private static final String[] VERDICTS = {"PASSED", "FAILED", "ERROR", "SKIPPED", "XFAIL", "XPASS", "SUBPASS", "SUBFAIL", "RERUN"};

    private Counters() {
    }

    /** {@code tests/test_a.py .....F.... [ 63%]}, with {@code -q}, {@code -v} and counts in place of percent. */
    static Found pytest(String line) {
        int open = line.lastIndexOf('[');
        if (open < 1 || line.charAt(line.length() - 1) != ']') {
            return parallelPytest(line);
        }
        Text text = new Text(line).from(open + 1);
        Found found = share(text, Source.PYTEST);
        if (found == null || !text.skip("]") || !text.end()) {
            return null;
        }
        String head = line.substring(0, open).stripTrailing();
        int blank = head.indexOf(' ');
        String first = blank < 0 ? head : head.substring(0, blank);
        if (blank < 0) {
            return only(first, LETTERS) ? found : null;
        }
        String rest = head.substring(blank + 1).strip();
        boolean file = first.endsWith(".py") && only(rest, LETTERS);
        return file || first.contains("::") && verdict(rest) ? found.item(first) : null;
    }

    /** {@code [gw0] [ 63%] PASSED tests/test_a.py::test_b}, by pytest-xdist. */
    private static Found parallelPytest(String line) {
        Text text = new Text(line);
        if (!text.skip("[gw") || text.number() < 0 || !text.skip("] [")) {
            return null;
        }
        Found found = share(text, Source.PYTEST);
        if (found == null || !text.skip("] ") || !verdict(text.rest())) {
            return null;
        }
        int blank = text.rest().indexOf(' ');
        return blank < 0 || !text.rest().contains("::") ? null : found.item(text.rest().substring(blank + 1));
    }

    private static Found share(Text text, Source source) {
        text.blanks();
        long n = text.number();
        if (text.skip("%")) {
            return n < 0 ? null : new Found(source, true).percent(n);
        }
        return n >= 0 && text.skip("/") ? new Found(source, true).count(n, text.number()) : null;
    }

    private static boolean only(String text, String letters) {
        return !text.isEmpty() && new Text(text).run(letters) == text.length();
    }

    private static boolean verdict(String text) {
        for (String word : VERDICTS) {
            if (text.startsWith(word)) {
                return true;
            }
        }
        return false;
    }

    /** {@code [12/345] Building …}. Many a list looks like that, so it counts only where it is seen to count. */
    static Found ninja(String line) {
        Text text = new Text(line);
        if (!text.skip("[") || !Text.digit(text.next())) {
            return null;
        }
        long done = text.number();
        long total = text.skip("/") ? text.number() : -1;
        return total > 0 && text.skip("] ") && !text.end() ? new Found(Source.NINJA, false).count(done, total).item(text.rest()) : null;
    }

    /** {@code [ 63%] Building …}, from CMake's makefiles. */
    static Found cmake(String line) {
        Text text = new Text(line);
        if (line.length() < 8 || line.charAt(4) != '%' || !text.skip("[")) {
            return null;
        }
        text.blanks();
        long n = text.number();
        return n >= 0 && text.skip("%] ") && text.next() > ' ' ? new Found(Source.CMAKE, false).percent(n).item(text.rest()) : null;
    }

    /** {@code [INFO] Building NAME VERSION [3/12]}: the third module is being built, two are done. */
    static Found maven(String line) {
        Text text = new Text(line);
        int open = line.lastIndexOf('[');
        if (open < 10 || line.charAt(line.length() - 1) != ']' || !text.skip("[INFO] Building ")) {
            return null;
        }
        String name = line.substring(text.at(), open).strip();
        text.from(open + 1);
        long nth = text.number();
        long total = text.skip("/") ? text.number() : -1;
        if (nth < 1 || total < nth || !text.skip("]")) {
            return null;
        }
        Found found = new Found(Source.MAVEN, true).count(nth - 1, total).item(name);
        found.phase = nth + "/" + total;
        return found;
    }

    /** {@code Building [=====>   ] 12/34: name}. */
    static Found cargo(String line) {
        Text text = new Text(line);
        text.blanks();
        if (!text.skip("Building [")) {
            return null;
        }
        text.run("=> ");
        if (!text.skip("] ")) {
            return null;
        }
        text.blanks();
        long done = text.number();
        long total = text.skip("/") ? text.number() : -1;
        return total > 0 && text.skip(": ") ? new Found(Source.CARGO, true).count(done, total).item(text.rest()) : null;
    }

    /** {@code <=====--------> 42% EXECUTING [3s]}: what comes before it executes has a share of its own. */
    static Found gradle(String line) {
        Text text = new Text(line);
        if (!text.skip("<") || text.run("=") + text.run("-") < 3 || !text.skip("> ")) {
            return null;
        }
        long n = text.number();
        return n >= 0 && text.skip("% EXECUTING [") ? new Found(Source.GRADLE, true).percent(n) : null;
    }

    /** Whether the line says that what counted steps has finished, so that what stands above it is over. */
    static boolean over(String line) {
        return line.startsWith("[INFO] BUILD ") || line.startsWith("[INFO] Reactor Summary") || line.startsWith("BUILD SUCCESSFUL in ")
                || line.startsWith("BUILD FAILED in ") || line.startsWith("    Finished `") || line.startsWith("ninja: build stopped");
    }
}
