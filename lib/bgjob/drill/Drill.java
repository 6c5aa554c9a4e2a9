package bgjob.drill;

import bgjob.core.Jobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes each fault that needs no other rights than the user's, with real jobs, and sees whether bgjob keeps what it promises for it. All
 * of it happens below one scratch directory; processes are known by it, and nothing of either is left, also after Ctrl+C.
 */
public final class Drill {
    private final Function<String, Jobs> opener;
    private final Map<String, String> environment;

    /**
     * @param opener opens the jobs of a directory
     * @param environment the caller's
     */
    public Drill(Function<String, Jobs> opener, Map<String, String> environment) {
        this.opener = opener;
        this.environment = environment;
    }

    /** @param each is told of each fault as soon as it is over. @return all of them */
    public List<Practice> run(Consumer<Practice> each) {
        List<Fault> faults = new ArrayList<>(KillFaults.all());
        faults.addAll(RunFaults.all());
        faults.addAll(ProcessFaults.all());
        faults.addAll(RecordFaults.all());
        faults.addAll(DiskFaults.all());
        return run(faults, each);
    }

    List<Practice> run(List<Fault> faults, Consumer<Practice> each) {
        Path scratch = scratch();
        Cleaner cleaner = new Cleaner(scratch);
        Thread hook = new Thread(cleaner::clean, "cleaner");
        Runtime.getRuntime().addShutdownHook(hook);
        List<Practice> done = new ArrayList<>();
        try {
            for (Fault fault : faults) {
                Practice practice = new Practice(fault.name(), fault.promise(), practise(fault, scratch.resolve(fault.name()), cleaner));
                if (cleaner.closed()) {
                    return done; // interrupted: the program ends
                }
                done.add(practice);
                each.accept(practice);
            }
        } finally {
            cleaner.clean();
            unhook(hook);
        }
        return done;
    }

    private Outcome practise(Fault fault, Path folder, Cleaner cleaner) {
        try {
            cleaner.start(() -> folder.toFile().mkdir());
            return fault.doing().in(new Site(folder, opener, environment, cleaner));
        } catch (Fault.Broken e) {
            return new Outcome(Verdict.BROKEN, e.getMessage());
        } catch (Exception e) {
            return new Outcome(Verdict.BROKEN, "it could not be carried through: " + e);
        }
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the program is ending, and the hook is at work
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("bgjob-drill-").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
