package bgjob.cli;

import bgjob.job.ShellWords;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error, written as UTF-8 bytes and unbuffered. A reader that went away (a broken pipe) is no error: what is
 * left is dropped.
 */
public final class Terminal {
    private static final int LONGEST_SEQUENCE = 64;
    private static final int ESC = 0x1b;
    private static final int BEL = 0x07;

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);
    private final boolean interactive;
    private final boolean colour;
    private boolean settled = true;
    private boolean closed;
    private String failure;

    /**
     * @param interactive whether standard output is a terminal
     * @param noColour the value of NO_COLOR, or null; any value but an empty one turns colour off (no-color.org)
     */
    public Terminal(boolean interactive, String noColour) {
        this.interactive = interactive;
        this.colour = interactive && (noColour == null || noColour.isEmpty());
    }

    /** Prints text as it stands. */
    void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    void println(String line) {
        print(line + "\n");
    }

    /** Prints bytes as they stand. */
    synchronized void write(byte[] bytes, int from, int length) {
        try {
            if (!closed) {
                out.write(bytes, from, length);
                settled = interactive && settledBy(bytes, from, length);
            }
        } catch (IOException e) {
            closed = true;
            failure = "Broken pipe".equals(e.getMessage()) ? null : e.getMessage();
        }
    }

    /** Whether what was written ends neither within a character of several bytes (RFC 3629) nor within an escape sequence (ECMA-48). */
    static boolean settledBy(byte[] bytes, int from, int length) {
        for (int back = 1; back <= Math.min(length, LONGEST_SEQUENCE); back++) {
            int b = bytes[from + length - back] & 0xff;
            if (b == ESC) {
                int next = back < 2 ? 0 : bytes[from + length - back + 1];
                int last = bytes[from + length - 1];
                return back > 1 && (next == '[' ? back > 2 && last >= '@' : next != ']' || last == BEL);
            }
            if (b >= 0xc0 && back < (b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2)) {
                return false;
            }
            if (b == '\n') {
                return true;
            }
        }
        return true;
    }

    /** @return whether something else may be drawn now without breaking what was written */
    synchronized boolean settled() {
        return settled;
    }

    /** @return whether standard output is a terminal */
    boolean interactive() {
        return interactive;
    }

    /** @return why output was lost, or null when none was that anybody wanted */
    String failure() {
        return failure;
    }

    /** @return whether nobody reads standard output any more */
    boolean closed() {
        return closed;
    }

    /** Prints one line on standard error, behind the program's name; control characters in it are shown, not sent. */
    void complain(String sentence) {
        note("bgjob: " + ShellWords.visible(sentence));
    }

    /** Prints one line on standard error. */
    synchronized void note(String line) {
        try {
            err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // there is nowhere left to say it
        }
    }

    boolean colour() {
        return colour;
    }

    /** @return the text in an ANSI colour (ECMA-48 SGR number), or as it is where colour is off */
    String paint(int sgr, String text) {
        return colour ? "\u001b[" + sgr + "m" + text + "\u001b[0m" : text;
    }
}
