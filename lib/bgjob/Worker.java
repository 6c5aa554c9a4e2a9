package bgjob;

import bgjob.job.BgjobException;
import bgjob.job.ExitStatus;
import bgjob.job.Facts;
import bgjob.job.JobId;
import bgjob.job.Kind;
import bgjob.job.Redaction;
import bgjob.progress.ProgressWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The inside of a job, for the program that {@code bgjob run} starts: its arguments, what it kept for the case that it has to begin again,
 * how far it is, and a quiet end. {@code System.exit(Worker.run(args, worker -> …))} is all a main method needs.
 *
 * <p>When the job is told to end (TERM, HUP, INT), {@link #stopping} becomes true and the body may finish the item that it is at; bgjob
 * waits ten seconds for that unless told otherwise. What it saved until then, {@code bgjob resume} brings back. Without bgjob around it all
 * works as well; then nothing is kept, and progress goes nowhere. Any thread of the body may use a worker.
 */
public final class Worker {
    /** What a worker does. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param worker the job's inside
         * @throws Exception whatever goes wrong; it is told in the log, with secrets masked, and the job has failed
         */
        void work(Worker worker) throws Exception;
    }

    /** Thrown by {@link #pause}. */
    private static final class Paused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Paused(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final long LOOK = 100;

    private final Map<String, String> environment = System.getenv();
    private final CountDownLatch stop = new CountDownLatch(1);
    /** The longest first, lest a shorter one leaves a part of a longer one to be read. */
    private volatile List<String> secrets = List.of();
    private final List<String> arguments;
    private final ProgressWriter progress;
    private final Checkpoint kept;

    private Worker(List<String> arguments) {
        this.arguments = arguments;
        this.kept = new Checkpoint(checkpoint());
        this.progress = new ProgressWriter(path("BGJOB_PROGRESS"));
    }

    /**
     * Does the work, and says how it went.
     *
     * @return the exit status to give to {@code System.exit}: 0; 75 when it paused itself; 2 for wrong arguments; 1 when it failed
     */
    public static int run(String[] arguments, Body body) {
        Worker worker = new Worker(List.of(arguments));
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            worker.stop.countDown();
            try {
                while (!done.await(LOOK, TimeUnit.MILLISECONDS) && !exiting()) {
                    // until then the body has time, and the program lives on
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return worker.outcome(body);
        } finally {
            worker.progress.close();
            done.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // it is being told to end, and will now
            }
        }
    }

    /** Whether a thread of the body has called System.exit: it will not come back, so nobody may wait for it. */
    private static boolean exiting() {
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (StackTraceElement frame : stack) {
                if (frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit")) {
                    return true;
                }
            }
        }
        return false;
    }

    private int outcome(Body body) {
        try {
            body.work(this);
            if (!stopping()) {
                kept.forget();
            }
            return 0;
        } catch (Paused e) {
            try {
                result(e.getMessage());
            } catch (BgjobException unwritten) {
                log(unwritten.getMessage());
            }
            log("paused: " + e.getMessage());
            return ExitStatus.PAUSED;
        } catch (BgjobException e) {
            log(e.getMessage());
            return e.kind() == Kind.USAGE ? USAGE : FAILED;
        } catch (Throwable e) { // an error's words may hold a secret too, and java would print them as they are
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace, true));
            log(trace.toString().stripTrailing());
            return FAILED;
        }
    }

    /** @return the program's arguments */
    public List<String> arguments() {
        return arguments;
    }

    /**
     * @param n which argument, from 0
     * @param name what it is, for the message
     * @throws BgjobException of kind USAGE when there is none; left alone, it ends the job with exit status 2
     */
    public String argument(int n, String name) {
        if (n >= arguments.size()) {
            throw BgjobException.usage("there is no " + name + "; it is argument " + (n + 1));
        }
        return arguments.get(n);
    }

    /** @return the job's id, or null outside of a job */
    public JobId id() {
        String id = environment.get("BGJOB_ID");
        return id == null ? null : JobId.parse(id);
    }

    /** @return 1, and one more for each attempt and each {@code resume} */
    public int attempt() {
        String attempt = environment.get("BGJOB_ATTEMPT");
        return attempt == null ? 1 : Integer.parseInt(attempt);
    }

    /** @return whether the job was told to end: begin nothing new */
    public boolean stopping() {
        return stop.getCount() == 0;
    }

    /** Waits, or until the job is told to end. @return whether all of the time went by */
    public boolean sleep(Duration time) {
        try {
            return !stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Says how far it is; as often as you like, since only a few of these are written. Rate and time left are worked out by whoever looks.
     *
     * @param done how many are done, those of earlier attempts included
     * @param total of how many, or -1 when nobody knows
     * @param item what it is at, or null
     */
    public void progress(long done, long total, String item) {
        progress.count(done, total, item == null ? null : mask(item));
    }

    /** Says that another part of the work begins, such as {@code 2/4 build}. */
    public void phase(String name) {
        progress.phase(mask(name));
    }

    /** Says that one more item failed. */
    public void failed(String item) {
        progress.failed(mask(item));
    }

    /** Prints a line to the job's log, secrets masked. */
    public void log(String text) {
        System.out.println(mask(text));
    }

    /** Has a text masked from now on wherever this worker writes; null and empty ones are passed over. */
    public void secret(String text) {
        synchronized (kept) {
            if (text != null && !text.isEmpty() && !secrets.contains(text)) {
                List<String> all = new ArrayList<>(secrets);
                all.add(text);
                all.sort(Comparator.comparingInt(String::length).reversed());
                secrets = all;
            }
        }
    }

    /** @return the text with {@code ***} in place of what looks like a secret, or was named one */
    public String mask(String text) {
        String shown = text;
        for (String secret : secrets) {
            shown = shown.replace(secret, Redaction.MASK);
        }
        return Redaction.mask(shown);
    }

    /**
     * @param key letters, digits, '.', '_' and '-'
     * @return what {@link #save} kept under that name, in an earlier attempt too; or null. Work that was done forgets all of it
     */
    public String saved(String key) {
        return kept.saved(key);
    }

    /** @return what was saved as a number, or 0 where nothing was */
    public long savedNumber(String key) {
        String text = saved(key);
        long number = text == null ? 0 : Facts.parse(text);
        if (number < 0) {
            throw BgjobException.failed("what was saved as '" + key + "' is no number: '" + text + "'");
        }
        return number;
    }

    /** Keeps a text for the case that the job has to begin again. A kill at any moment leaves this one or the one before. */
    public void save(String key, Object value) {
        kept.save(key, value.toString());
    }

    /** @return the directory for files to keep, or null outside of a job */
    public Path checkpoint() {
        return path("BGJOB_CHECKPOINT");
    }

    /** Leaves a result, for {@code bgjob result}; a later one takes its place. Outside of a job it goes nowhere. */
    public void result(String text) {
        Path file = path("BGJOB_RESULT");
        if (checkpoint() != null && file != null && !file.startsWith("/dev")) {
            Checkpoint.replace(file, (mask(text) + "\n").getBytes(StandardCharsets.UTF_8), checkpoint().resolve(".result.part"));
        }
    }

    /**
     * Ends the program with exit status 75: paused, to go on by {@code bgjob resume}. It leaves the body by an exception of its own, so
     * catch no RuntimeException around it.
     *
     * @param reason why and until when, on one line; {@code bgjob status} shows it
     * @return never; so that {@code throw worker.pause(…)} tells the compiler
     */
    public RuntimeException pause(String reason) {
        throw new Paused(reason);
    }

    /** Writes a text as {@link #replace(Path, byte[])} does, in UTF-8. */
    public static void replace(Path file, String text) {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes a file so that it is there whole or as before, whenever the program is killed; {@code .NAME.part} beside it is what a killed
     * one may leave, and the next one takes.
     *
     * @throws BgjobException when it cannot be written
     */
    public static void replace(Path file, byte[] content) {
        Checkpoint.replace(file, content, Checkpoint.part(file));
    }

    private Path path(String variable) {
        String path = environment.get(variable);
        return path == null || path.isEmpty() ? null : Path.of(path);
    }
}
