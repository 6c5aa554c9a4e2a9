package bgjob.job;

/** Amounts of bytes as people write and read them; units are powers of 1024. */
public final class Sizes {
    private static final String UNITS = "KMGT";
    private static final long MOST = 1L << 40;

    private Sizes() {
    }

    /**
     * @param text a whole number with a unit: {@code 64K 500M 2G}, or without one for bytes; {@code none} or {@code 0} for no limit
     * @param least the least that is taken, a power of 1024 times a number
     * @return bytes, a multiple of 16 KiB, or 0 for no limit
     * @throws BgjobException of kind USAGE, naming the value and the accepted form
     */
    public static long parse(String text, long least) {
        if (text.equals("none")) {
            return 0;
        }
        int unit = text.isEmpty() ? -1 : UNITS.indexOf(Character.toUpperCase(text.charAt(text.length() - 1)));
        long n = Facts.parse(unit < 0 ? text : text.substring(0, text.length() - 1));
        long factor = 1L << 10 * (unit + 1);
        if (n == 0) {
            return 0;
        }
        if (n < 0 || n > MOST / factor || n * factor < least) {
            throw BgjobException.usage("'" + text + "' is no size; write a number and a unit, such as 64K, 500M or 2G, from " + exact(least) + " to "
                    + exact(MOST) + ", or none");
        }
        return n * factor / 16384 * 16384;
    }

    /** @return the size as {@link #parse} takes it */
    public static String exact(long bytes) {
        int unit = 0;
        long n = bytes;
        while (unit < UNITS.length() && n > 0 && n % 1024 == 0) {
            n /= 1024;
            unit++;
        }
        return unit == 0 ? Long.toString(n) : Long.toString(n) + UNITS.charAt(unit - 1);
    }

    /** @return about that many, such as {@code 1.2 GiB} */
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        int unit = 0;
        long tenths = bytes * 10 / 1024;
        while (tenths >= 10240 && unit < UNITS.length() - 1) {
            tenths /= 1024;
            unit++;
        }
        return tenths / 10 + (tenths < 1000 ? "." + tenths % 10 : "") + " " + UNITS.charAt(unit) + "iB";
    }
}
