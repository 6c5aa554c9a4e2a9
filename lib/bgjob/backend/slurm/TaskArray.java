package bgjob.backend.slurm;

import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.backend.Observation.Told;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.process.Commands;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A batch in Slurm: an array of tasks that run the items, as many at a time as the batch has slots, and behind it a job that waits for all
 * of them, sums up and records the ending. Where there are more items than an array may have tasks, each task runs several.
 */
final class TaskArray {
    private static final long MOST_MILLIS = 30_000;
    /** Slurm's own default. */
    private static final long SIZE = 1001;

    private final BackendRef ref;
    private final List<String> options;

    TaskArray(BackendRef ref, List<String> options) {
        this.ref = ref;
        this.options = options;
    }

    /**
     * @param sbatch calls sbatch with options
     * @return the array's number
     * @throws BgjobException when Slurm did not take it
     */
    String submit(Function<List<String>, Commands.Result> sbatch) {
        if (ref.facts().number("timeout") > 0) {
            throw BgjobException.usage("--timeout is for all items of a batch together, which Slurm cannot do; --slurm-time=MINUTES bounds each task");
        }
        long tasks = Math.min(ref.facts().number("batch"), most());
        List<String> words = new ArrayList<>(options);
        words.add("--job-name=" + name(ref));
        words.add("--array=0-" + (tasks - 1) + "%" + Math.max(1, ref.facts().number("slots")));
        Commands.Result result = sbatch.apply(words);
        String id = result.exit() == 0 ? SlurmBackend.id(result.output()) : null;
        if (id == null) {
            throw BgjobException.failed("job " + ref.id() + " was not started: Slurm did not take its array: " + Controller.sentence(result)
                    + SlurmBackend.advice(result));
        }
        return id;
    }

    /** @return what its tasks are called in Slurm */
    static String name(BackendRef ref) {
        return ref.id() + ".items";
    }

    /**
     * The items are what a batch is; what became of the job behind them matters when they are over.
     *
     * @param begun whether any has begun
     * @param aside what else is to be said, or null
     */
    static Observation goesOn(String array, boolean begun, String aside) {
        String why = (begun ? "its items run as Slurm's array " : "its items wait in Slurm's queue as array ") + array + (aside == null ? "" : "; " + aside);
        return new Observation(begun ? Sight.RUNNING : Sight.QUEUED, why, -1, List.of(), new Told(begun ? "RUNNING" : "PENDING", null, new Facts(), -1));
    }

    private static long most() {
        for (String line : Commands.run(List.of("scontrol", "show", "config"), MOST_MILLIS).output().split("\n")) {
            if (line.startsWith("MaxArraySize")) {
                long size = Facts.parse(line.substring(line.indexOf('=') + 1).strip());
                return size > 0 ? size : SIZE;
            }
        }
        return SIZE;
    }

    /** @return the options of the job behind the array, which needs next to nothing */
    static List<String> closing(BackendRef ref, List<String> options, String array) {
        List<String> words = new ArrayList<>(SbatchOptions.modest(options));
        String dependency = ref.facts().first("dependency"); // what the array waits for in vain, this one does too, and says so
        words.addAll(List.of("--job-name=" + ref.id(), "--dependency=afterany:" + array + (dependency == null ? "" : "," + dependency),
                "--kill-on-invalid-dep=yes", "--requeue"));
        return words;
    }

    /** Takes an array back whose record could not be completed; its tasks would run nothing anyhow. */
    static void cancel(String array) {
        if (array != null) {
            Commands.run(List.of("scancel", array), MOST_MILLIS);
        }
    }

    /**
     * Passes a signal on to the tasks that run, when none can begin any more; KILL also to the job behind them, which has nothing to sum
     * up either where no task has begun.
     *
     * @throws BgjobException when Slurm does not do it
     */
    static void signal(BackendRef ref, String closing, String signal, Controller controller) {
        String array = ref.facts().last("slurm_array");
        if (signal.equals("STOP") || signal.equals("CONT")) {
            throw BgjobException.failed("batch " + ref.id() + " runs as an array of Slurm, which cannot be held as a whole; stop it, and resume it later");
        }
        pass(ref, controller, List.of("--state=PENDING", array));
        pass(ref, controller, List.of("--full", "--signal=" + signal, array));
        Row behind = signal.equals("KILL") || ref.facts().first("started") == null && over(ref, controller) ? controller.row(closing) : null;
        if (behind != null && behind.active()) {
            Commands.Result result = Controller.scancel(ref.id().toString(), List.of(closing));
            if (result.exit() != 0) {
                throw refused(ref, result);
            }
        }
        controller.changed();
    }

    /** Slurm passes no signal on where no task is left. */
    private static void pass(BackendRef ref, Controller controller, List<String> words) {
        if (!over(ref, controller)) {
            Commands.Result result = Controller.scancel(name(ref), words);
            if (result.exit() != 0 && !over(ref, controller)) {
                throw refused(ref, result);
            }
        }
    }

    private static boolean over(BackendRef ref, Controller controller) {
        controller.changed();
        return controller.active(ref.facts().last("slurm_array"), name(ref)) == 0 && controller.silence() == null;
    }

    private static BgjobException refused(BackendRef ref, Commands.Result result) {
        return BgjobException.failed("Slurm did not pass the signal on to batch " + ref.id() + ": " + Controller.sentence(result) + "; it goes on, try again");
    }
}
