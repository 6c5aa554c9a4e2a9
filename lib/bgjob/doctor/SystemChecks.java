package bgjob.doctor;

import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.Rfc3339;
import bgjob.store.JobStore;
import java.io.File;
import java.util.List;

/** The process table, the container around us, limits, the clock and /tmp. */
final class SystemChecks {
    private static final String FIRST_NAMESPACE = "pid:[4026531836]"; // PROC_PID_INIT_INO in Linux' proc_ns.h
    private static final long SPARE_TASKS = 200;
    private static final long AHEAD = 2 * 60_000L;
    private static final long YEAR_2024 = 1_704_067_200_000L;
    private static final int NEWEST = 50;

    private final Machine machine;
    private final Records records;

    SystemChecks(Machine machine, Records records) {
        this.machine = machine;
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("proc", this::proc), new Check("container", this::container), new Check("limits", this::limits),
                new Check("clock", this::clock), new Check("tmp", this::tmp), new Check("slurm", this::slurm));
    }

    /** Whether `run --on slurm` would find a cluster. */
    Finding slurm() {
        if (machine.program("sbatch") == null) {
            return Finding.ok("there is no Slurm here; jobs run on this machine");
        }
        for (String name : List.of("squeue", "scancel", "sinfo")) {
            if (machine.program(name) == null) {
                return Finding.note("sbatch is here but not " + name + ", so no job can be run on Slurm", "install Slurm's client programs, or load their module");
            }
        }
        var partitions = machine.run("sinfo", "-h", "-o", "%R");
        return partitions != null && partitions.exit() == 0
                ? Finding.ok("Slurm answers; its partitions: " + String.join(", ", partitions.output().strip().split("\\s+")))
                : Finding.note("Slurm's programs are here, but no controller answers at once", "see what 'scontrol ping' says, and which cluster SLURM_CONF names");
    }

    Finding proc() {
        if (!machine.exists("/proc/self/stat")) {
            return Finding.note("there is no /proc; processes are known by ps and whole seconds", "nothing on macOS; on Linux, mount /proc");
        }
        if (machine.text("/proc/sys/kernel/random/boot_id") == null) {
            return Finding.warning("the boot id cannot be read, so a restart of the machine does not show and an old pid may be taken for a job's",
                    "make /proc/sys/kernel/random/boot_id readable");
        }
        Mounts.Mount mount = new Mounts(machine).around("/proc");
        String hide = mount == null ? null : mount.value("hidepid");
        if (hide != null && !hide.equals("0") && !hide.equals("off")) {
            return Finding.note("/proc hides other users' processes (hidepid=" + hide
                    + "); your own jobs are seen, those of others and what runs by sudo are not",
                    "ask as the user who started a job");
        }
        return Finding.ok("/proc shows the processes, their start times and this boot");
    }

    Finding container() {
        String space = machine.link("/proc/self/ns/pid");
        boolean marked = machine.exists("/.dockerenv") || machine.exists("/run/.containerenv");
        if (!marked && (space == null || space.equals(FIRST_NAMESPACE))) {
            return Finding.ok("this is no container");
        }
        return Finding.note("this is a container" + (space == null ? "" : " (" + space + ")")
                + ": its jobs end with it, and from outside they cannot be told",
                "keep .logs on a volume, and ask about a job in the container where it was started");
    }

    Finding limits() {
        long size = soft("Max file size");
        if (size >= 0) {
            return Finding.warning("a file may have " + size + " bytes at most (ulimit -f): a job with a longer log is killed by XFSZ",
                    "run 'ulimit -f unlimited' before 'bgjob run'");
        }
        long cpu = soft("Max cpu time");
        if (cpu >= 0) {
            return Finding.warning("a process may use the processor for " + cpu + " s at most (ulimit -t), and is killed then",
                    "run 'ulimit -t unlimited' before 'bgjob run'");
        }
        long most = soft("Max processes");
        long tasks = most < 0 || machine.uid() == 0 ? 0 : tasks();
        if (most >= 0 && machine.uid() != 0 && most - tasks < SPARE_TASKS) {
            return Finding.warning("you may have " + most + " processes and threads (ulimit -u), of which " + tasks + " are there",
                    "raise the limit, or end what is not needed");
        }
        return Finding.ok("no limit on log size, processor time or processes is near");
    }

    /** @return the soft limit, or -1 when there is none */
    private long soft(String name) {
        return machine.field("/proc/self/limits", name);
    }

    private long tasks() {
        long own = machine.uid();
        long tasks = 0;
        for (String name : machine.names("/proc")) {
            String status = Facts.parse(name) > 0 ? "/proc/" + name + "/status" : null;
            if (status != null && machine.field(status, "Uid:") == own) {
                tasks += Math.max(1, machine.field(status, "Threads:"));
            }
        }
        return tasks;
    }

    Finding clock() {
        long now = System.currentTimeMillis();
        String advice = "set the clock, or keep it by NTP; ids of one label stay in order all the same, durations come from the uptime";
        if (now < YEAR_2024) {
            return Finding.warning("the clock says " + Rfc3339.utc(now) + ", which is long ago", advice);
        }
        if (!records.exist()) {
            return Finding.ok("the clock says " + Rfc3339.utc(now));
        }
        JobStore store = new JobStore(records.directory());
        for (JobId id : store.newest(null, NEWEST)) {
            Long started = started(id);
            if (started != null && started > now + AHEAD) {
                return Finding.warning(id + " was started at " + Rfc3339.utc(started) + ", but the clock says " + Rfc3339.utc(now)
                        + ": it was set back", advice);
            }
        }
        long changed = new File(records.directory()).lastModified();
        return changed > now + AHEAD
                ? Finding.warning("the file system of " + records.directory() + " is ahead of the clock by " + (changed - now) / 1000 + " s",
                        advice)
                : Finding.ok("no record is newer than the clock");
    }

    private Long started(JobId id) {
        Job job = records.jobs().inspect(id);
        return job.times().started() == null ? job.times().created() : job.times().started();
    }

    Finding tmp() {
        String set = machine.environment().get("TMPDIR");
        String tmp = set == null || set.isEmpty() ? machine.root() + "/tmp" : set;
        return new File(tmp).isDirectory() && new File(tmp).canWrite() ? Finding.ok(tmp + " can be written")
                : Finding.warning(tmp + " cannot be written, so a job script run by hand has no checkpoint directory, and commands may fail",
                        "make it writable, or set TMPDIR to another directory");
    }
}
