package docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder that bgjob.java lies in, and its texts. */
public final class Checkout {

    private static final Set<String> NO_SOURCES = Set.of(".git", ".build", ".logs");

    private Checkout() {
    }

    public static Path root() {
        String told = System.getProperty("bgjob.checkout");
        Path folder = Path.of(told == null ? "" : told).toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("bgjob.java"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("there is no bgjob checkout around the current directory");
        }
        return folder;
    }

    /** @param file a path below the root */
    public static String text(String file) {
        return text(root().resolve(file));
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the files below a folder of the checkout whose names have that ending, sorted */
    public static List<Path> files(String folder, String ending) {
        Path root = root();
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .filter(file -> !NO_SOURCES.contains(root.relativize(file).getName(0).toString())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return everything that the pattern's first group matches in the text */
    public static Set<String> matches(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** @return the program's verbs, in the order that its help lists them */
    public static List<String> verbs() {
        String list = matches("VERBS = List\\.of\\(([^)]*)\\)", text("lib/bgjob/cli/Cli.java")).iterator().next();
        return List.of(list.replace("\"", "").split(",\\s*"));
    }

    /** @return the version that the program names */
    public static String version() {
        return matches("NUMBER = \"([^\"]+)\"", text("lib/bgjob/cli/Version.java")).iterator().next();
    }
}
