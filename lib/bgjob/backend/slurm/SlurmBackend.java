package bgjob.backend.slurm;

import bgjob.backend.Backend;
import bgjob.backend.BackendRef;
import bgjob.backend.Observation;
import bgjob.backend.Observation.Sight;
import bgjob.backend.Observation.Told;
import bgjob.job.BgjobException;
import bgjob.job.Facts;
import bgjob.job.Rfc3339;
import bgjob.job.Survivor;
import bgjob.process.Commands;
import bgjob.process.ProcessTable;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Slurm cluster: sbatch takes the job script, squeue and sacct say what became of it. The script's leader records the job's start and
 * ending in the shared directory; what Slurm says counts only where there is no ending.
 */
public final class SlurmBackend implements Backend {
    private static final long SUBMIT_MILLIS = 60_000;
    private static final long SECOND = 1000;
    /** A submission takes no longer; what is not in Slurm's queue by then never was. */
    private static final long HANDING_MILLIS = 90_000;
    private static final String SILENT = "Slurm's controller does not answer: ";

    private final Map<String, String> environment;
    private final Controller controller = new Controller();
    private final Accounting accounting = new Accounting();
    private final long settle;
    private final long patience;

    /** @param environment the caller's environment */
    public SlurmBackend(Map<String, String> environment) {
        this.environment = environment;
        this.settle = seconds("BGJOB_SLURM_SETTLE", 10);
        this.patience = seconds("BGJOB_SLURM_PATIENCE", 600);
    }

    private long seconds(String variable, long otherwise) {
        String given = environment.get(variable);
        long seconds = given == null ? otherwise : Facts.parse(given);
        if (seconds < 0) {
            throw BgjobException.usage(variable + "='" + given + "' is no number of seconds");
        }
        return seconds * SECOND;
    }

    @Override
    public String name() {
        return "slurm";
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public String unavailable() {
        for (String program : new String[] {"sbatch", "squeue", "scancel"}) {
            if (!found(program)) {
                return "there is no Slurm here to run a job on: " + program + " is not on PATH; log in to a machine of the cluster, load its module,"
                        + " or leave out --on slurm";
            }
        }
        return null;
    }

    private boolean found(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(":")) {
            if (new File(folder, program).canExecute()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Facts describe() {
        Facts facts = new Facts();
        facts.add("host", ProcessTable.ofThisMachine().host());
        return facts;
    }

    @Override
    public Facts submit(BackendRef ref, String script) {
        List<String> options = SbatchOptions.of(ref.id().toString(), ref.dir(), ref.facts(), environment);
        Facts facts = new Facts();
        if (ref.facts().first("batch") != null) {
            String array = new TaskArray(ref, options).submit(words -> sbatch(words, script));
            facts.add("slurm_array", array);
            options = TaskArray.closing(ref, options, array);
        }
        Commands.Result result = sbatch(options, script);
        String id = result.exit() == 0 ? id(result.output()) : null;
        if (id == null && result.output().contains("timed out")) {
            id = Search.byName(ref.id().toString(), ref.dir()); // Slurm may have taken it and only its answer was lost
        }
        if (id == null) {
            TaskArray.cancel(facts.first("slurm_array"));
            throw BgjobException.failed("job " + ref.id() + " was not started: Slurm did not take it: " + Controller.sentence(result) + advice(result));
        }
        controller.changed();
        facts.add("slurm_job_id", id);
        return facts;
    }

    private Commands.Result sbatch(List<String> options, String script) {
        List<String> command = new ArrayList<>();
        Commands.restoreEnvironment(command, environment);
        SbatchOptions.undo(command);
        command.add("sbatch");
        command.addAll(options);
        command.add(script);
        command.add("slurm");
        return Commands.run(command, SUBMIT_MILLIS);
    }

    /** {@code ID} or {@code ID;cluster}, alone on a line; site scripts may print others. */
    static String id(String output) {
        for (String line : output.split("\n")) {
            int end = line.indexOf(';');
            String id = (end < 0 ? line : line.substring(0, end)).strip();
            if (Facts.parse(id) > 0) {
                return id;
            }
        }
        return null;
    }

    static String advice(Commands.Result result) {
        String said = result.output();
        if (said.contains("invalid partition")) {
            return "; `sinfo -s` lists the partitions, --slurm-partition=NAME names one";
        }
        if (said.contains("node configuration") || said.contains("Memory specification") || said.contains("More processors requested")) {
            return "; no node has as much: `sinfo -o '%P %l %D %c %m %G'` lists the partitions' time, nodes, processors, memory in MiB and GPUs";
        }
        return said.contains("Unable to contact") || said.contains("timed out") ? "; nothing of it is left, try again later (`scontrol ping`)" : "";
    }

    @Override
    public List<Observation> observe(List<BackendRef> refs) {
        List<Observation> seen = new ArrayList<>(refs.size());
        for (BackendRef ref : refs) {
            seen.add(observe(ref));
        }
        return seen;
    }

    /** What Slurm said and whether it was silent have to be of the same call, so one thread at a time. */
    private synchronized Observation observe(BackendRef ref) {
        String id = ref.facts().last("slurm_job_id");
        if (id == null) {
            return unnumbered(ref);
        }
        Row row = own(ref, controller.row(id));
        String array = ref.facts().last("slurm_array");
        int tasks = array == null ? 0 : controller.active(array, TaskArray.name(ref));
        if (controller.silence() != null) {
            return silent(ref.facts(), controller.silence());
        }
        if (row == null) {
            row = own(ref, accounting.row(id));
            if (accounting.silence() != null) {
                return silent(ref.facts(), accounting.silence());
            }
        }
        boolean begun = ref.facts().first("started") != null;
        if (array != null && (row == null || !row.active() ? tasks > 0 : begun && row.state().equals("PENDING"))) {
            return TaskArray.goesOn(array, begun, row == null || row.active() ? null : "job " + id + " behind it, " + row.state() + ", sums nothing up");
        }
        if (row != null) {
            return new Verdict(row, ref.facts(), settle).observation();
        }
        String last = ref.facts().last("slurm_state");
        return Observation.of(Sight.GONE, "Slurm no longer knows job " + id + (last == null ? "" : ", of which it said " + last)
                + ", and no ending is recorded");
    }

    /** A controller that lost its state gives the same numbers again: a job of another name is another one. */
    private static Row own(BackendRef ref, Row row) {
        return row == null || row.name().equals(ref.id().toString()) ? row : null;
    }

    /** bgjob was killed, or is just now at it, between the record and Slurm's answer. */
    private Observation unnumbered(BackendRef ref) {
        String id;
        try {
            id = Search.byName(ref.id().toString(), ref.dir());
        } catch (BgjobException e) {
            return silent(ref.facts(), e.getMessage());
        }
        if (id != null) {
            Row row = controller.row(id);
            Facts facts = new Facts();
            facts.add("slurm_job_id", id);
            Sight sight = row != null && row.state().equals("RUNNING") && ref.facts().first("started") != null ? Sight.RUNNING : Sight.QUEUED;
            return new Observation(sight, "Slurm has it as job " + id, -1, List.of(), new Told(row == null ? null : row.state(), null, facts, -1));
        }
        Long created = Rfc3339.parse(ref.facts().first("created"));
        return created != null && System.currentTimeMillis() - created < HANDING_MILLIS
                ? Observation.of(Sight.QUEUED, "it is being handed to Slurm")
                : Observation.of(Sight.GONE, "Slurm does not know it: bgjob was killed before it could hand it over");
    }

    private Observation silent(Facts facts, String why) {
        String started = facts.last("started");
        String last = started == null ? "it was queued at " + facts.first("created") : "it was running on " + facts.last("node") + " since " + started;
        return new Observation(controller.silentMillis() > patience ? Sight.CANNOT_TELL : Sight.SILENT, SILENT + why + "; when last heard of, " + last,
                -1, List.of(), new Told(null, null, new Facts(), -1));
    }

    /** Slurm tells no processes: the job stands for them as long as it has any. */
    @Override
    public List<Survivor> members(BackendRef ref) {
        String id = ref.facts().last("slurm_job_id");
        if (id == null) {
            return List.of();
        }
        Row row = own(ref, controller.row(id));
        String array = ref.facts().last("slurm_array");
        int tasks = array == null ? 0 : controller.active(array, TaskArray.name(ref));
        if (tasks > 0) {
            return List.of(new Survivor(-1, -1, "Slurm array " + array + " (" + tasks + (tasks == 1 ? " task)" : " tasks)")));
        }
        if (row == null || !row.active()) {
            return List.of();
        }
        return List.of(new Survivor(ref.facts().latest("pid"), ref.facts().latest("pgid"),
                "Slurm job " + id + " (" + row.state() + (row.node() == null ? "" : " on " + row.node()) + ")"));
    }

    @Override
    public String untouchable(BackendRef ref) {
        String own = environment.get("SLURM_JOB_ID");
        return own != null && own.equals(ref.facts().last("slurm_job_id")) ? "cannot be stopped from inside itself; a job ends by exiting" : null;
    }

    @Override
    public void signal(BackendRef ref, String signal) {
        String id = ref.facts().last("slurm_job_id");
        if (id == null) {
            throw BgjobException.failed("job " + ref.id() + " has no number in Slurm yet; try again in a moment");
        }
        if (ref.facts().last("slurm_array") != null) {
            TaskArray.signal(ref, id, signal, controller);
            return;
        }
        Row row = own(ref, controller.row(id));
        boolean suspended = row != null && row.state().equals("SUSPENDED");
        if (suspended && signal.equals("CONT")) {
            unsuspend(ref, id);
            return;
        }
        boolean waits = row != null && row.active() && new Verdict(row, ref.facts(), settle).observation().sight() == Sight.QUEUED;
        // by --full the signal reaches the script and all it started, and Slurm adds none of its own; what it has suspended it can only cancel
        Commands.Result result = Controller.scancel(ref.id().toString(),
                waits || suspended ? List.of(id) : List.of("--full", "--signal=" + signal, id));
        controller.changed();
        if (result.exit() != 0 && !ends(ref, id)) {
            throw BgjobException.failed("Slurm did not pass " + signal + " on to job " + ref.id() + ": " + Controller.sentence(result)
                    + "; it goes on, try again");
        }
    }

    private void unsuspend(BackendRef ref, String id) {
        Commands.Result result = Controller.resume(id);
        controller.changed();
        if (result.exit() != 0) {
            throw BgjobException.failed("job " + ref.id() + " is suspended in Slurm, which did not let it go on: " + Controller.sentence(result)
                    + "; ask an operator of the cluster for `scontrol resume " + id + "`");
        }
    }

    /** Slurm passes no signal on to a job that is ending. */
    private boolean ends(BackendRef ref, String id) {
        Row row = own(ref, controller.row(id));
        return controller.silence() == null && row != null && (!row.active() || row.state().equals("COMPLETING"));
    }
}
