package bgjob.store;

/** A sum of 32 bits over bytes, good against damage, not against malice; the JDK's own ones load a library first. */
final class Checksum {
    private static final int FACTOR = 0x01000193; // as in FNV-1a

    private Checksum() {
    }

    /** @return the sum of the bytes behind those that {@code before} is the sum of */
    static int of(byte[] bytes, int from, int to, int before) {
        int sum = before;
        for (int i = from; i < to; i++) {
            sum = (sum ^ bytes[i]) * FACTOR;
        }
        return sum;
    }

    /** @return eight digits */
    static String hex(int sum) {
        char[] digits = new char[8];
        for (int i = 0; i < 8; i++) {
            digits[i] = Character.forDigit(sum >>> 28 - 4 * i & 15, 16);
        }
        return new String(digits);
    }
}
