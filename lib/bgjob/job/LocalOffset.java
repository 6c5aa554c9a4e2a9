package bgjob.job;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.TimeZone;

/**
 * The machine's offset from UTC, read from {@code /etc/localtime} where that says it plainly (tzfile(5), RFC 8536): Java's own time
 * zones take 4 ms to load, a tenth of {@code run}. In any doubt Java is asked.
 */
final class LocalOffset {
    private static final String ZONE = "/etc/localtime";
    private static final int HEADER = 44;
    private static final int UNKNOWN = Integer.MIN_VALUE;
    private static final int MOST = 1 << 16;

    private LocalOffset() {
    }

    /**
     * @param millis since 1970 UTC
     * @return milliseconds east of UTC in force then
     */
    static int at(long millis) {
        if (System.getenv("TZ") == null && System.getProperty("user.timezone") == null) {
            try (FileInputStream in = new FileInputStream(ZONE)) {
                int offset = in(in.readNBytes(MOST), Math.floorDiv(millis, 1000L));
                if (offset != UNKNOWN) {
                    return offset * 1000;
                }
            } catch (IOException e) {
                // then Java knows where to look
            }
        }
        return TimeZone.getDefault().getOffset(millis);
    }

    /** @return seconds east of UTC, or {@link #UNKNOWN} where the file does not cover the time by itself */
    static int in(byte[] file, long seconds) {
        if (file.length < HEADER || file[0] != 'T' || file[1] != 'Z' || file[2] != 'i' || file[3] != 'f' || file[4] < '2') {
            return UNKNOWN;
        }
        int second = HEADER + size(file, 0, 4); // behind the block with times of 32 bits
        if (second + HEADER > file.length) {
            return UNKNOWN;
        }
        int count = number(file, second + 32);
        int types = number(file, second + 36);
        int times = second + HEADER;
        int indexes = times + 8 * count;
        int infos = indexes + count;
        int footer = second + HEADER + size(file, second, 8) + 1;
        if (count < 0 || types < 1 || infos + 6 * types > file.length || footer > file.length) {
            return UNKNOWN;
        }
        if (count == 0) {
            return types == 1 && !rules(file, footer) ? number(file, infos) : UNKNOWN;
        }
        if (seconds < time(file, times) || seconds >= time(file, indexes - 8) && rules(file, footer)) {
            return UNKNOWN;
        }
        int low = 0;
        int high = count;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (time(file, times + 8 * middle) <= seconds) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int type = file[indexes + low] & 255;
        return type < types ? number(file, infos + 6 * type) : UNKNOWN;
    }

    /** Behind the last transition a rule may say when there are more; with one there is a comma. */
    private static boolean rules(byte[] file, int footer) {
        for (int i = footer; i < file.length; i++) {
            if (file[i] == ',') {
                return true;
            }
        }
        return false;
    }

    private static int size(byte[] file, int header, int width) {
        return number(file, header + 32) * (width + 1) + number(file, header + 36) * 6 + number(file, header + 40)
                + number(file, header + 28) * (width + 4) + number(file, header + 24) + number(file, header + 20);
    }

    private static int number(byte[] file, int at) {
        return file[at] << 24 | (file[at + 1] & 255) << 16 | (file[at + 2] & 255) << 8 | file[at + 3] & 255;
    }

    private static long time(byte[] file, int at) {
        return (long) number(file, at) << 32 | number(file, at + 4) & 0xffffffffL;
    }
}
