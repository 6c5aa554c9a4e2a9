package docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page as its reader takes it in: headings, fenced blocks, tables, links. */
public final class Markdown {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    private final List<Heading> headings = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> links = new ArrayList<>();

    /** @param text what stands behind the #s */
    public record Heading(int level, String text) {

        /** @return the name that a link to the heading has behind its # */
        public String anchor() {
            return text.toLowerCase().replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
        }
    }

    /**
     * A fenced block.
     *
     * @param heading the nearest heading above it
     * @param before the line directly above it
     * @param language what stands behind the fence
     * @param text its lines, each with its newline
     */
    public record Block(String heading, String before, String language, String text) {
    }

    /**
     * A row of a table, the line of dashes left out.
     *
     * @param heading the nearest heading above it
     */
    public record Row(String heading, List<String> cells) {
    }

    public Markdown(String text) {
        String heading = "";
        String before = "";
        String language = null;
        StringBuilder block = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("```")) {
                if (language == null) {
                    language = line.substring(3);
                } else {
                    blocks.add(new Block(heading, before, language, block.toString()));
                    block.setLength(0);
                    language = null;
                }
            } else if (language != null) {
                block.append(line).append('\n');
            } else {
                before = line;
                if (line.matches("#+ .*")) {
                    heading = line.replaceFirst("#+ ", "");
                    headings.add(new Heading(line.indexOf(' '), heading));
                } else if (line.startsWith("|") && !line.matches("[|: -]+")) {
                    rows.add(new Row(heading, cells(line)));
                }
                Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", ""));
                while (link.find()) {
                    links.add(link.group(1));
                }
            }
        }
    }

    private static List<String> cells(String line) {
        String inner = line.strip();
        inner = inner.substring(1, inner.length() - 1);
        return Arrays.stream(inner.split("(?<!\\\\)\\|", -1)).map(String::strip).toList();
    }

    public List<Heading> headings() {
        return headings;
    }

    public List<Block> blocks() {
        return blocks;
    }

    /** @return the fenced blocks of a language below a heading, in order */
    public List<Block> blocks(String heading, String language) {
        return blocks.stream().filter(b -> b.heading().equals(heading) && b.language().equals(language)).toList();
    }

    /** @return the rows of the tables directly below a heading, without the row that names the columns */
    public List<Row> rows(String heading) {
        List<Row> below = rows.stream().filter(row -> row.heading().equals(heading)).toList();
        return below.isEmpty() ? below : below.subList(1, below.size());
    }

    public List<String> links() {
        return links;
    }

    /** @return the text without the marks of code around it */
    public static String plain(String cell) {
        return cell.replace("`", "");
    }
}
