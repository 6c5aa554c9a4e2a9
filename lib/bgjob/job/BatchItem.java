package bgjob.job;

import java.nio.charset.StandardCharsets;

/**
 * One item of a batch.
 *
 * @param number its number, from 1; a batch that runs items of another one again keeps their numbers
 * @param bytes the item exactly, one character a byte (ISO 8859-1): a file's name need not be UTF-8
 */
public record BatchItem(int number, String bytes) {
    private static final int LONGEST = 200;

    /** @return the item of that text, which its bytes are in UTF-8 */
    public static BatchItem of(int number, String text) {
        return new BatchItem(number, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** @return the item's bytes as text in UTF-8, in clear */
    public String text() {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** @return the item for people: on one line, not too long, secrets masked */
    public String shown() {
        String masked = ShellWords.visible(Redaction.mask(text()));
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST - 1) + "…";
    }
}
