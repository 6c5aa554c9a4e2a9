package bgjob.cli;

import bgjob.job.Durations;
import bgjob.job.Progress;
import bgjob.job.Progress.Source;
import bgjob.job.ShellWords;

/** Progress in words, for people. */
final class ProgressText {
    private static final int CELL = 24;
    private static final int MOST_NAMES = 5;
    private static final long BIG = 100_000;

    private ProgressText() {
    }

    /** @return all that is known, on one line: {@code 154/245 (63%) item, phase 2/4 build, 0.1/s, 15m 10s left, 1 failed: name [protocol]} */
    static String line(Progress progress) {
        StringBuilder text = new StringBuilder(counted(progress));
        if (progress.item() != null) {
            text.append(text.length() == 0 ? "" : " ").append(progress.item());
        }
        if (progress.phase() != null) {
            part(text).append("phase ").append(progress.phase());
        }
        pace(text, progress);
        if (progress.failedCount() > 0) {
            part(text).append(progress.failedCount()).append(" failed: ");
            int size = progress.failed().size();
            for (int i = Math.max(0, size - MOST_NAMES); i < size; i++) {
                text.append(i > Math.max(0, size - MOST_NAMES) ? ", " : "").append(progress.failed().get(i));
            }
            text.append(progress.failedCount() > MOST_NAMES ? ", …" : "");
        }
        return ShellWords.visible(text.append(" [").append(progress.source() == Source.HISTORY ? "estimated from earlier runs"
                : progress.source().word()).append(']').toString());
    }

    /** @return what fits a column: {@code 2/4 build 63%} */
    static String cell(Progress progress) {
        String share = progress.percent() != null ? (progress.source() == Source.HISTORY ? "~" : "") + progress.percent() + "%"
                : progress.current() != null ? progress.current() + "/?" : "";
        if (progress.phase() == null) {
            return share.isEmpty() ? "-" : share;
        }
        String phase = ShellWords.visible(progress.phase());
        int room = CELL - share.length() - 1;
        return ((phase.length() > room ? phase.substring(0, room - 1) + "…" : phase) + " " + share).stripTrailing();
    }

    /** @return {@code name [=====>    ] 63% 154/245 item, 15m 10s left}, no wider than {@code width} columns of plain letters */
    static String bar(String name, Progress progress, int width) {
        int inner = Math.max(0, Math.min(30, width / 4));
        StringBuilder text = new StringBuilder(name);
        if (progress == null) {
            return cut(text.append(" running"), width);
        }
        if (progress.percent() != null && inner > 3) {
            int full = progress.percent() * inner / 100;
            text.append(" [").append("=".repeat(full)).append(full < inner ? ">" : "").append(" ".repeat(Math.max(0, inner - full - 1))).append(']');
        }
        return cut(text.append(' ').append(line(progress)), width);
    }

    private static String cut(StringBuilder text, int width) {
        return text.length() <= width ? text.toString() : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    private static String counted(Progress progress) {
        String share = progress.percent() == null ? "" : (progress.source() == Source.HISTORY ? "~" : "") + progress.percent() + "%";
        if (progress.current() == null) {
            return share;
        }
        String count = size(progress.current()) + (progress.total() == null ? "" : "/" + size(progress.total()));
        return share.isEmpty() ? count : count + " (" + share + ")";
    }

    /** Bytes, and what else runs into the millions, in short. */
    private static String size(long n) {
        return n < BIG ? Long.toString(n) : n < 10_000_000 ? n / 1000 + "k" : n < 10_000_000_000L ? n / 1_000_000 + "M" : n / 1_000_000_000 + "G";
    }

    private static void pace(StringBuilder text, Progress progress) {
        Double rate = progress.rate();
        if (rate != null && rate > 0) {
            part(text).append(rate >= BIG ? size(Math.round(rate)) : rate >= 10 ? Long.toString(Math.round(rate)) : Double.toString(rate))
                    .append("/s");
        }
        if (progress.etaSeconds() != null && progress.etaSeconds() > 0) {
            part(text).append(left(progress.etaSeconds()));
        } else if (progress.source() == Source.HISTORY && progress.etaSeconds() == null) {
            part(text).append("longer than usual");
        }
    }

    private static String left(long seconds) {
        return (seconds < 10 ? seconds + "s" : Durations.format(seconds * 1000)) + " left";
    }

    private static StringBuilder part(StringBuilder text) {
        return text.length() == 0 ? text : text.append(", ");
    }
}
