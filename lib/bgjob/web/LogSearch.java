package bgjob.web;

import bgjob.log.Gap;
import bgjob.log.LogFile;
import bgjob.log.LogSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Looks for a text in a log, line by line, as far as one request may take; the next one goes on from there. What colours a line or
 * moves the cursor is no part of its text, as in {@code site/ansi.js}; so no piece of it is shown, and a word of two colours is found.
 */
final class LogSearch implements LogSink {
    private static final int MOST_MATCHES = 200;
    private static final long MOST_BYTES = 64L << 20;
    private static final int LONGEST_LINE = 1 << 16;
    private static final int SHOWN = 300;
    /** OSC, DCS and the like up to their end; CSI; two-character escapes; other control characters but tab and the ends of lines. */
    private static final Pattern CONTROL = Pattern.compile("\\x1b[\\]PX^_][^\\x07\\x1b]{0,4096}+(?:\\x07|\\x1b\\\\)?|(?:\\x1b\\[|\\x9b)[0-?]*+[ -/]*+[@-~]"
            + "|\\x1b[ -/]*+[0-~]|[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]");

    private final String wanted;
    private final List<Match> matches = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lineFrom;

    /** A line with the text in it: its first byte, and what it says. */
    record Match(long from, String text) {
    }

    /**
     * What was found.
     *
     * @param next the byte to go on from, or -1 when there is no more
     */
    record Result(List<Match> matches, long next) {
    }

    private LogSearch(String wanted, long from) {
        this.wanted = wanted.toLowerCase(Locale.ROOT);
        this.lineFrom = from;
    }

    static Result find(LogFile log, String wanted, long from) {
        LogSearch search = new LogSearch(wanted, from);
        if (log.size() == 0) {
            return new Result(List.of(), -1);
        }
        long at = from;
        long end = Math.min(log.size(), from + MOST_BYTES);
        while (at < end && search.matches.size() < MOST_MATCHES) {
            at = log.copy(at, Math.min(end, at + LONGEST_LINE), search);
        }
        boolean all = at >= log.size();
        if (all) {
            search.judge();
        }
        return new Result(search.matches, all ? -1 : search.lineFrom == from && search.line.size() == 0 ? at : search.lineFrom);
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            line.write(bytes[i]);
            if (bytes[i] == '\n' || line.size() == LONGEST_LINE) {
                judge();
            }
        }
    }

    /** What was dropped is not searched, and neither is the line that stands for it. */
    @Override
    public void skip(Gap gap) {
        judge();
        if (line.size() == 0) {
            lineFrom = gap.to();
        }
    }

    private static String plain(String text) {
        return text.indexOf('\u001b') < 0 && text.indexOf('\u009b') < 0 ? text : CONTROL.matcher(text).replaceAll("");
    }

    private void judge() {
        String text = plain(line.toString(StandardCharsets.UTF_8));
        int at = text.toLowerCase(Locale.ROOT).indexOf(wanted);
        if (at >= 0 && line.size() > 0 && matches.size() < MOST_MATCHES) {
            int begin = Math.max(0, Math.min(at, text.length()) - SHOWN / 3);
            matches.add(new Match(lineFrom, text.substring(begin, Math.min(text.length(), begin + SHOWN)).stripTrailing()));
        } else if (at >= 0 && matches.size() == MOST_MATCHES) {
            return; // the next request begins with it
        }
        lineFrom += line.size();
        line.reset();
    }
}
