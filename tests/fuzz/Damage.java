package fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One file of a record, changed as a failing disk, an editor or somebody unfriendly would; {@link #undo} puts it back. */
final class Damage {
    private static final List<String> NASTY = List.of("\u001b[31m", "\u001b]0;title\u0007", "\u009b2J", "\u202e", "\u0000", "\r", "\u007f", "$'", "$'\\u001b[2J'",
            "=", "\n", "\n\n", "pid=1\n", "pgid=0\n",
            "stop_by=\u001b[2J\nstop_signal=X\n", "attempt_exit=\u001b[31m\nattempt_ended=\u001b[31m\nretry_delay=\u001b[31m\n", "99999999999999999999", "-1", "1e309", "NaN", "256", " 0",
            "+0", "0x1", "\u0660", "9999-99-99T99:99:99Z", "0000-00-00T00:00:00Z", "{\"a\":", "[".repeat(20_000), "\"\\u0000\"", "9/0 x\n",
            "phase \u001b[31m\n", "failed \u001b[31m\n", "9223372036854775807/9223372036854775807\n", "100000000000000000000%\n", "\u001b]9;4;1;200\u0007",
            "[ 63%]\u001b[2J", "x".repeat(200_000), "\n".repeat(100_000), "\ud83d\ude80");

    private final Path file;
    private final Path aside;
    private final String told;

    private Damage(Path file, Path aside, String told) {
        this.file = file;
        this.aside = aside;
        this.told = told;
    }

    /** @param aside where the file is kept meanwhile */
    static Damage to(Path file, Path aside, Random random) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Files.move(file, aside);
            String told = random.nextInt(8) == 0 ? replaced(file, random) : changed(file, bytes, random);
            return new Damage(file, aside, told);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something else stands in its place, or nothing. */
    private static String replaced(Path file, Random random) throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> Files.createDirectory(file);
            case 1 -> Files.createSymbolicLink(file, Path.of("nowhere"));
            case 2 -> Files.createSymbolicLink(file, file.getFileName());
            case 3 -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
            case 4 -> pipe(file);
            default -> {
                return "is gone";
            }
        }
        return Files.isSymbolicLink(file) ? "is a link to " + Files.readSymbolicLink(file) : Files.isDirectory(file) ? "is a directory" : "is a pipe";
    }

    private static void pipe(Path file) throws IOException {
        try {
            if (new ProcessBuilder("mkfifo", file.toString()).start().waitFor() != 0) {
                throw new IOException("no pipe can be made");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String changed(Path file, byte[] bytes, Random random) throws IOException {
        byte[] worse = bytes;
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            worse = mutated(worse, random);
        }
        Files.write(file, worse);
        return "holds " + worse.length + " bytes: " + new String(worse, 0, Math.min(worse.length, 600), StandardCharsets.ISO_8859_1)
                .replaceAll("[^\\n -~]", "¿");
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int to = at + random.nextInt(bytes.length - at + 1);
        byte[] copy = bytes.clone();
        switch (random.nextInt(10)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1 -> {
                return Arrays.copyOfRange(bytes, at, bytes.length);
            }
            case 2 -> { // a part is missing
                return joined(bytes, at, new byte[0], to);
            }
            case 3 -> { // a part comes twice
                return joined(bytes, to, new byte[0], at);
            }
            case 4 -> {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                return joined(bytes, at, noise, to);
            }
            case 5 -> {
                for (int n = 0; n < 8 && copy.length > 0; n++) {
                    copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return copy;
            }
            case 6 -> { // a new last line, or the beginning of one
                byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
                return joined(bytes, bytes.length, nasty, bytes.length);
            }
            case 7, 8 -> { // a fact that is known gets another value
                String nasty = key(bytes, random) + NASTY.get(random.nextInt(NASTY.size())) + "\n";
                return joined(bytes, bytes.length, nasty.getBytes(StandardCharsets.UTF_8), bytes.length);
            }
            default -> {
                byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
                int equals = valueBehind(bytes, at);
                return joined(bytes, equals, nasty, equals);
            }
        }
    }

    private static String key(byte[] bytes, Random random) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        String line = lines[random.nextInt(lines.length)];
        return line.substring(0, line.indexOf('=') + 1);
    }

    /** @return where the next value begins, else where it was to look from */
    private static int valueBehind(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '=') {
                return i + 1;
            }
        }
        return from;
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, head);
        all.writeBytes(middle);
        all.write(bytes, tail, bytes.length - tail);
        return all.toByteArray();
    }

    /** @return whether no byte of a script's recipe can have become another command */
    boolean harmlessScript() {
        return !told.startsWith("holds");
    }

    void undo() {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
            Files.move(aside, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file + " " + told;
    }
}
