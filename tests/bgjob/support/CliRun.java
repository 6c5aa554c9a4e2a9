package bgjob.support;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One call of a real program. It is expected to exit with 0 and to leave standard error empty unless told otherwise; when it
 * does not, the failure shows what it printed and what is recorded.
 *
 * <p>A small shell script makes the call, so that arguments of any bytes arrive in any locale, and a failed call can be repeated.
 */
public final class CliRun {
    private static final long MOST_SECONDS = 60;
    private static final int MOST_SHOWN = 6000;

    private final JobHome home;
    private final List<String> command;
    private final Map<String, String> environment = new TreeMap<>();
    private final TreeSet<String> absent = new TreeSet<>();
    private String directory;
    private byte[] stdin;
    private boolean open;
    private Integer code = 0;
    private boolean noisy;
    private boolean complains;

    CliRun(JobHome home, List<String> command) {
        this.home = home;
        this.command = command;
        this.directory = home.work().toString();
    }

    public CliRun env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CliRun without(String name) {
        absent.add(name);
        return this;
    }

    public CliRun in(Path folder) {
        return in(folder.toString());
    }

    public CliRun in(String folder) {
        directory = folder;
        return this;
    }

    public CliRun stdin(String text) {
        stdin = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Leaves standard input open, for {@link Live#type}. */
    public CliRun open() {
        open = true;
        return this;
    }

    public CliRun exits(int status) {
        code = status;
        return this;
    }

    public CliRun exitsAnyhow() {
        code = null;
        return noisy();
    }

    /** Standard error may hold anything but a stack trace. */
    public CliRun noisy() {
        noisy = true;
        return this;
    }

    /** Standard error must hold one sentence from bgjob, and standard output nothing. */
    public CliRun complains(int status) {
        complains = true;
        return exits(status);
    }

    public Result run() {
        return start().await();
    }

    public Live start() {
        try {
            Path script = Files.createTempFile(home.calls(), "call", ".sh");
            Files.write(script, script().getBytes(StandardCharsets.UTF_8));
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString());
            builder.environment().clear();
            builder.environment().putAll(home.environment());
            if (stdin != null) {
                Path input = Files.write(Path.of(script + ".stdin"), stdin);
                builder.redirectInput(input.toFile());
            } else if (!open) {
                builder.redirectInput(new File("/dev/null"));
            }
            return new Live(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String script() {
        StringBuilder text = new StringBuilder("cd -- ").append(quote(directory)).append(" || exit 99\n");
        for (String name : absent) {
            text.append("unset ").append(name).append('\n');
        }
        environment.forEach((name, value) -> text.append("export ").append(name).append('=').append(quote(value)).append('\n'));
        text.append("exec");
        for (String word : command) {
            text.append(' ').append(quote(word));
        }
        return text.append('\n').toString();
    }

    static String quote(String text) {
        return Pattern.matches("[A-Za-z0-9_./+:,-]+", text) ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** What came of a call. */
    public record Result(int code, byte[] outBytes, byte[] errBytes) {
        public String out() {
            return new String(outBytes, StandardCharsets.UTF_8);
        }

        public String err() {
            return new String(errBytes, StandardCharsets.UTF_8);
        }

        /** @return the lines of standard output */
        public List<String> lines() {
            return out().lines().toList();
        }
    }

    /** A call that is still going on. */
    public final class Live {
        private final Process process;
        private final Reader out;
        private final Reader err;

        Live(Process process) {
            this.process = process;
            this.out = new Reader(process.getInputStream());
            this.err = new Reader(process.getErrorStream());
        }

        /** @return the program's own process: nothing stands between it and the shell that became it */
        public Proc process() {
            return new Proc(process.pid());
        }

        public String out() {
            return new String(out.bytes(), StandardCharsets.UTF_8);
        }

        public byte[] outBytes() {
            return out.bytes();
        }

        public String err() {
            return new String(err.bytes(), StandardCharsets.UTF_8);
        }

        public Live says(String text) {
            Await.until(command + " prints '" + text + "'; so far:\n" + out() + err(), () -> out().contains(text));
            return this;
        }

        public void type(String text) {
            try {
                OutputStream input = process.getOutputStream();
                input.write(text.getBytes(StandardCharsets.UTF_8));
                input.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Result await() {
            try {
                if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw failure("still ran after " + MOST_SECONDS + " s", null);
                }
                if (!out.ended() || !err.ended()) {
                    throw failure("has ended, but something it started holds its output open", result());
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw failure("was interrupted", null);
            }
            return judged(result());
        }

        private Result result() {
            return new Result(process.exitValue(), out.bytes(), err.bytes());
        }

        private AssertionError failure(String what, Result result) {
            return new AssertionError(script() + "… " + what + (result == null ? "" : ", exit status " + result.code())
                    + "\n--- standard output\n" + shown(out()) + "\n--- standard error\n" + shown(err()) + "\n" + home.listing());
        }

        private Result judged(Result result) {
            if (code != null && result.code() != code) {
                throw failure("was expected to exit with " + code, result);
            }
            String complaint = result.err();
            if (complaint.contains("\tat ") || complaint.contains("Exception") || complaint.contains("internal error")) {
                throw failure("failed without a sentence", result);
            }
            if (complains) {
                if (!complaint.startsWith("bgjob: ") || complaint.indexOf('\n') != complaint.length() - 1) {
                    throw failure("was expected to complain in one sentence", result);
                }
                if (result.outBytes().length > 0) {
                    throw failure("was expected to print nothing beside its complaint", result);
                }
            } else if (!noisy && !complaint.isEmpty()) {
                throw failure("was expected to leave standard error empty", result);
            }
            return result;
        }
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "… (" + text.length() + " characters)";
    }

    /** Collects a stream. */
    private static final class Reader extends Thread {
        private static final long MOST_MILLIS = 5000;

        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Reader(InputStream in) {
            super("reader");
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            byte[] block = new byte[1 << 16];
            try {
                int n = in.read(block);
                while (n >= 0) {
                    bytes.write(block, 0, n);
                    n = in.read(block);
                }
            } catch (IOException e) {
                // closed: the process was killed
            }
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        /** @return whether the stream's end came */
        boolean ended() throws InterruptedException {
            join(MOST_MILLIS);
            return !isAlive();
        }
    }
}
