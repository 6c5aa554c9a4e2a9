package bgjob.cli;

import bgjob.core.Jobs;
import bgjob.core.ShellCommand;
import bgjob.core.Started;
import bgjob.job.Batch;
import bgjob.job.BatchItem;
import bgjob.job.BatchItems;
import bgjob.job.BgjobException;
import bgjob.job.JobSpec;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code batch}: one job that runs a command once for each item of a list; it takes the options of {@code run}. */
@Command(name = "batch", customSynopsis = {"bgjob batch LABEL [--slots N] [--from FILE] [OPTION…] -- CMD {}",
    "       bgjob batch LABEL [--slots N] [--from FILE] [OPTION…] --sh 'SHELL TEXT'"},
        description = "Run a command once for each line of a list, some at the same time, as one job in the background: status, wait, stop and"
                + " follow are about all of it. In the command, {} stands for the item and {#} for its number; without either, the item comes last."
                + " Items reach the command exactly, with no second parse. --retry tries each item again; --timeout is for all of them together.",
        exitCodeList = {"0:the batch is started and recorded", "1:it could not be started; nothing of it is left",
            "2:the command line makes no sense, or the list is empty",
            "N:with --wait, the batch's own: 0 when every item ended with 0, 75 when all others ended with 75, else 123"},
        footer = {"  ls *.wav | bgjob batch encode --slots 4 -- lame {} {}.mp3", "  bgjob batch scan --from repos.txt -- ./scan.sh --repo {} --log {#}.txt",
            "  find . -name '*.c' -print0 | bgjob batch lint -0 -- cppcheck", "  bgjob batch sums --from list --sh 'sha256sum {} | tee {}.sum'",
            "  bgjob rerun encode --failed"})
final class BatchCommand extends SubmitCommand {
    @Option(names = {"-s", "--slots"}, paramLabel = "N", description = "How many items run at the same time; as many as there are processors unless"
            + " said otherwise.")
    Integer slots;

    @Option(names = "--from", paramLabel = "FILE", description = "The list: an item a line, empty lines left out; '-' and nothing stand for standard"
            + " input.")
    String from;

    @Option(names = {"-0", "--null"}, description = "Items end with a NUL instead, as find -print0 writes them; they may hold newlines, and be empty.")
    boolean nul;

    private List<BatchItem> items;

    BatchCommand(Surroundings surroundings, List<String> command) {
        super(surroundings, command);
    }

    static Call make(Surroundings surroundings, List<String> command) {
        return new BatchCommand(surroundings, command);
    }

    @Override
    String verb() {
        return "batch";
    }

    @Override
    List<String> words(List<String> command) {
        if (slots != null && (slots < 1 || slots > Batch.MOST_SLOTS)) {
            throw BgjobException.usage("--slots " + slots + ": a number from 1 to " + Batch.MOST_SLOTS + " is needed");
        }
        List<String> arguments = command == null ? List.of() : command;
        if (text == null) {
            return Batch.placed(arguments) ? arguments : with(arguments);
        }
        String placed = ItemText.place(text);
        return ShellCommand.ofText(placed, Batch.placed(arguments) ? arguments : with(arguments));
    }

    /** Its slots are for its items; the queue keeps those it has. */
    @Override
    String queueSlots() {
        return null;
    }

    private static List<String> with(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.add(Batch.ITEM);
        return words;
    }

    @Override
    Started submit(Jobs jobs, JobSpec spec) {
        items = BatchItems.of(list(), nul);
        if (items.isEmpty()) {
            throw BgjobException.usage((from == null || from.equals("-") ? "the list on standard input" : "--from '" + from + "'")
                    + " holds no items, so there is nothing to run");
        }
        return jobs.submit(spec, batch());
    }

    private Batch batch() {
        return new Batch(slots == null ? Math.min(Batch.MOST_SLOTS, Runtime.getRuntime().availableProcessors()) : slots, items);
    }

    @Override
    void started(Jobs jobs, Started job, boolean asJson) {
        super.started(jobs, job, asJson);
        if (!asJson && job.notRun() == null) {
            text().items(batch());
        }
    }

    private byte[] list() {
        if (from == null || from.equals("-")) {
            if (from == null && typed()) {
                throw BgjobException.usage("there is no list of items: give --from FILE, or pipe one in; --from - reads what you type");
            }
            return read(System.in, "standard input");
        }
        String path = from.startsWith("/") ? from : surroundings().cwd() + "/" + from;
        if (new File(path).isDirectory() || !new File(path).canRead()) {
            throw BgjobException.usage("--from '" + from + "' is no file that can be read; give a file with an item a line, or - for standard input");
        }
        try (InputStream in = new FileInputStream(path)) {
            return read(in, path);
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + path + ": " + e.getMessage());
        }
    }

    /** As a stream: to read all bytes of a file, Java 17 asks for its length and its place, which a pipe has not. */
    private static byte[] read(InputStream in, String name) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        try {
            in.transferTo(list);
            return list.toByteArray();
        } catch (IOException e) {
            throw BgjobException.failed("cannot read the list of items from " + name + ": " + e.getMessage());
        }
    }

    /** Whether standard input is a terminal, where the system says so. */
    private static boolean typed() {
        try {
            String path = new File("/dev/fd/0").getCanonicalPath();
            return path.startsWith("/dev/pts/") || path.startsWith("/dev/tty") || path.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
