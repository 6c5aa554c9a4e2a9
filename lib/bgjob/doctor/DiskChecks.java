package bgjob.doctor;

import bgjob.job.Facts;
import bgjob.job.Job;
import bgjob.store.StoreReview;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the records lie on, how much room there is, and what takes it. */
final class DiskChecks {
    private static final Set<String> MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> NETWORK = Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "glusterfs", "lustre",
            "gpfs", "afs", "beegfs", "vboxsf", "prl_fs");
    private static final Set<String> FOREIGN = Set.of("vfat", "exfat", "msdos", "ntfs", "ntfs3", "fuseblk");
    private static final long MIB = 1 << 20;
    private static final long FULL = 64 * MIB;
    private static final long LOW = 1024 * MIB;
    private static final long FEW_INODES = 10_000;
    private static final long BIG_LOG = 1024 * MIB;
    private static final long BIG_SUM = 5 * 1024 * MIB;
    private static final long SAMPLE_MILLIS = 300;
    private static final long SOON_SECONDS = 3600;

    private final Machine machine;
    private final Records records;

    DiskChecks(Machine machine, Records records) {
        this.machine = machine;
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("filesystem", this::filesystem), new Check("space", this::space), new Check("inodes", this::inodes),
                new Check("logs", this::logs));
    }

    Finding filesystem() throws Exception {
        String path = records.directory();
        Mounts.Mount mount = new Mounts(machine).around(path);
        String type = mount == null ? Files.getFileStore(records.nearest()).type() : mount.type();
        if (MEMORY.contains(type)) {
            return Finding.warning(path + " is on " + type + ", which is empty after a restart of the machine",
                    "use --dir DIR or BGJOB_DIR on a disk");
        }
        if (NETWORK.contains(type) || type.startsWith("fuse.") && !type.equals("fuse.fuse-overlayfs")) {
            return Finding.warning(path + " is on " + type
                    + ", a network or foreign file system: other machines' jobs cannot be told, and two runs at once rely on its server",
                    "use --dir DIR or BGJOB_DIR on a local disk");
        }
        if (FOREIGN.contains(type)) {
            return Finding.warning(path + " is on " + type + ", which may keep no modes, so others may read the records",
                    "use --dir DIR or BGJOB_DIR on a file system of this system's own");
        }
        if (type.equals("overlay") || type.equals("fuse.fuse-overlayfs")) {
            return Finding.note(path + " is on the container's own layer (" + type + "), which is removed with the container",
                    "keep .logs on a volume, if it is to stay");
        }
        return Finding.ok(path + " is on " + type);
    }

    Finding space() throws Exception {
        long free = Files.getFileStore(records.nearest()).getUsableSpace();
        String fact = free / MIB + " MiB are free for " + records.directory();
        String advice = "free space, or use --dir DIR on another disk; on a full disk a job runs on, but its output and perhaps its ending "
                + "are lost";
        return free < FULL ? Finding.problem("only " + fact, advice) : free < LOW ? Finding.warning("only " + fact, advice) : Finding.ok(fact);
    }

    /** Java does not tell, so df(1) is asked. */
    Finding inodes() {
        var said = machine.run("df", "-P", "-i", records.nearest().toString());
        String[] lines = said == null || said.exit() != 0 ? new String[0] : said.output().strip().split("\n");
        String[] words = lines.length < 2 ? new String[0] : lines[lines.length - 1].strip().split("\\s+");
        long total = words.length < 6 ? -1 : Facts.parse(words[1]);
        long free = words.length < 6 ? -1 : Facts.parse(words[3]);
        if (total < 0 || free < 0) {
            return Finding.ok("how many files there is room for is not known here"); // as with df of BSD, or a file system without inodes
        }
        String fact = "there is room for " + free + " more files; a job makes five";
        return total == 0 ? Finding.ok("the file system has no fixed number of files") : free < FEW_INODES
                ? Finding.warning(fact, "remove files that are not needed, old records for instance, or use --dir DIR on another disk")
                        : Finding.ok(fact);
    }

    Finding logs() throws Exception {
        if (!records.exist()) {
            return Finding.ok("there are no logs");
        }
        Finding growing = growing();
        if (growing != null) {
            return growing;
        }
        StoreReview.Logs logs = records.review().logs();
        String fact = "the logs have " + logs.total() / MIB + " MiB" + (logs.biggest() == null ? "" : "; the biggest is " + logs.biggest()
                + " with " + logs.size() / MIB + " MiB");
        return logs.total() >= BIG_SUM || logs.size() >= BIG_LOG ? Finding.note(fact, "remove old records that are not needed any more")
                : Finding.ok(fact);
    }

    private Finding growing() throws Exception {
        List<Job> active = new ArrayList<>(records.unended());
        active.removeIf(job -> !job.active());
        if (active.isEmpty()) {
            return null;
        }
        List<Long> before = sizes(active);
        Thread.sleep(SAMPLE_MILLIS);
        List<Long> after = sizes(active);
        long free = Files.getFileStore(records.nearest()).getUsableSpace();
        for (int i = 0; i < active.size(); i++) {
            long rate = (after.get(i) - before.get(i)) * 1000 / SAMPLE_MILLIS;
            if (rate > 0 && free / rate < SOON_SECONDS) {
                return Finding.warning("the log of " + active.get(i).id() + " grows by " + rate / 1024 + " KiB a second and fills the disk in "
                        + free / rate / 60 + " minutes",
                        "stop it, or make it say less: bgjob stop " + active.get(i).id());
            }
            if (after.get(i) >= BIG_LOG) {
                return Finding.warning("the log of " + active.get(i).id() + ", which has not ended, has " + after.get(i) / MIB + " MiB",
                        "see what it writes: bgjob logs -n 20 " + active.get(i).id());
            }
        }
        return null;
    }

    private static List<Long> sizes(List<Job> jobs) {
        List<Long> sizes = new ArrayList<>();
        jobs.forEach(job -> sizes.add(new File(job.files().log()).length()));
        return sizes;
    }
}
