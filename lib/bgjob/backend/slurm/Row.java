package bgjob.backend.slurm;

/**
 * What Slurm says of one job.
 *
 * @param id its number, {@code 12} or in an array {@code 12_3}
 * @param state Slurm's word, such as PENDING
 * @param reason why it is in that state, in Slurm's word, or null
 * @param node where it runs or ran first, or null
 * @param status its wait status as wait(2) gives it, or -1 when it is not told
 * @param ended when it ended, in milliseconds since 1970 UTC, or -1
 * @param name what whoever submitted it called it; that of a job of bgjob's is its id
 */
record Row(String id, String state, String reason, String node, int status, long ended, String name) {
    /**
     * squeue's columns and their widths, which no value that counts exceeds. A name may hold anything, so it comes last, and is narrower
     * than the others together: what stands in it behind a newline is too short for a line of its own.
     */
    private static final String[] COLUMNS = {"jobarrayid", "state", "reason", "batchhost", "exit_code", "endtime", "name"};
    private static final int[] WIDTHS = {40, 24, 60, 100, 14, 24, 240};

    /** @return squeue's option for these columns */
    static String format() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < COLUMNS.length; i++) {
            text.append(i == 0 ? "" : ",").append(COLUMNS[i]).append(':').append(WIDTHS[i]);
        }
        return text.toString();
    }

    /** @return what a line of squeue says, or null when it is none */
    static Row parse(String line) {
        String[] cells = new String[COLUMNS.length];
        int at = 0;
        for (int i = 0; i < cells.length; i++) {
            if (at + (i == cells.length - 1 ? 1 : WIDTHS[i]) > line.length()) {
                return null;
            }
            cells[i] = line.substring(at, Math.min(line.length(), at + WIDTHS[i])).strip();
            at += WIDTHS[i];
        }
        if (cells[0].isEmpty() || !Character.isDigit(cells[0].charAt(0))) {
            return null;
        }
        long end = number(cells[5]);
        return new Row(cells[0], cells[1], word(cells[2]), word(cells[3]), (int) number(cells[4]), end < 0 ? -1 : end * 1000, cells[6]);
    }

    private static String word(String cell) {
        return cell.isEmpty() || cell.equals("None") || cell.equals("n/a") || cell.equals("(null)") ? null : cell;
    }

    private static long number(String cell) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** @return the exit status as a shell sees it, 128+n for signal n; 0 when none is told */
    int code() {
        return status < 0 ? 0 : (status & 127) != 0 ? 128 + (status & 127) : status >> 8 & 255;
    }

    /** @return whether the job can still do something */
    boolean active() {
        return switch (state) {
            case "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "LAUNCH_FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED",
                "RECONFIG_FAIL", "REVOKED", "TIMEOUT" -> false;
            default -> true;
        };
    }
}
