package bgjob.cli;

import bgjob.core.PruneReceipt;
import bgjob.job.ShellWords;

/** What removing records did, for people. */
final class PruneText {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private PruneText() {
    }

    static String text(PruneReceipt receipt, boolean dryRun) {
        StringBuilder text = new StringBuilder();
        for (PruneReceipt.Removed job : receipt.removed()) {
            text.append(dryRun ? "would remove " : "removed ").append(job.id()).append(" (").append(job.state().word()).append(", ").append(size(job.bytes()))
                    .append(")\n");
        }
        for (String name : receipt.leftovers()) {
            text.append(dryRun ? "would remove leftover " : "removed leftover ").append(ShellWords.visible(name)).append('\n');
        }
        int jobs = receipt.removed().size();
        int leftovers = receipt.leftovers().size();
        text.append(jobs).append(jobs == 1 ? " job" : " jobs");
        text.append(leftovers == 0 ? "" : " and " + leftovers + (leftovers == 1 ? " leftover" : " leftovers"));
        text.append(dryRun ? " would be removed, " : " removed, ").append(size(receipt.bytes())).append('\n');
        kept(text, receipt.active(), "not ended");
        kept(text, receipt.paused(), "paused by itself; --state paused removes those too");
        kept(text, receipt.unknown(), "out of sight: bgjob cannot tell whether it has ended");
        return text.toString();
    }

    private static void kept(StringBuilder text, int count, String why) {
        if (count > 0) {
            text.append("kept ").append(count).append(", ").append(why).append('\n');
        }
    }

    /** @return e.g. {@code 812 bytes}, {@code 3.4 MiB} */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        int unit = 0;
        long tenths = bytes * 10 / 1024;
        while (tenths >= 10_240 && unit < UNITS.length - 1) {
            tenths /= 1024;
            unit++;
        }
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
    }
}
