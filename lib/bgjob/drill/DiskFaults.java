package bgjob.drill;

import static bgjob.drill.Site.hold;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import bgjob.process.Commands;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A disk that is full, or must not be written. A small file system of one's own takes a user and a mount name space (unshare(1)). */
final class DiskFaults {
    /** Where the small file system is mounted. */
    static final String DISK = "disk";

    private static final long MOST_MILLIS = 60_000;

    /** The disk is full when the command ends; once the ballast is gone there is room for the ending. */
    private static final String FULL = """
            mount -t tmpfs -o size=512k tmpfs "$1" || exit 70
            cd "$1" && shift || exit 70
            head -c 65536 /dev/zero >ballast
            "$@" run filler -- /bin/sh -c 'cat /dev/zero; exit 9' || exit 71
            meta=$(echo .logs/filler_*.meta)
            n=0
            until [ -e .logs/filler_*.exit ] || "$@" status filler | grep -q 'could not be written yet'; do
              n=$((n + 1)); [ "$n" -lt 40 ] || exit 72
            done
            [ ! -e .logs/filler_*.exit ] || exit 73
            echo the ending waits
            rm ballast
            "$@" wait filler
            echo "ended with $? and $(cat .logs/filler_*.exit)"
            """;
    private static final String READ_ONLY = """
            mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" || exit 70
            cd "$1/.." && dir=$1 && shift || exit 70
            "$@" run refused --dir "$dir" -- true
            echo "run ended with $?"
            """;

    private DiskFaults() {
    }

    static List<Fault> all() {
        return List.of(
                new Fault("full-disk", "on a full disk the ending waits for room, status says so, and it is recorded then", DiskFaults::full),
                new Fault("full-start", "where the record cannot be written in full, no job is started and nothing is left of it",
                        DiskFaults::noRoom),
                new Fault("read-only", "where .logs cannot be written, run refuses in one sentence and leaves nothing", DiskFaults::readOnly));
    }

    private static Commands.Result apart(Site site, String text, String folder, List<String> bgjob) throws Fault.Broken {
        List<String> words = new ArrayList<>(List.of("env", "BGJOB_DIR=" + site.logs(), "unshare", "-U", "-r", "-m", "/bin/sh", "-c", text, "sh",
                folder));
        words.addAll(bgjob);
        site.mayStart();
        return Commands.run(words, MOST_MILLIS);
    }

    /** @return why there can be no mounts of one's own, or null when there can */
    private static String together(Site site) {
        if (site.program("unshare") == null) {
            return "unshare(1) is not on PATH, so there is no small file system to fill";
        }
        Commands.Result tried = Commands.run(List.of("unshare", "-U", "-r", "-m", "mount", "-t", "tmpfs", "tmpfs", site.file("").toString()),
                MOST_MILLIS);
        return tried.exit() == 0 ? null : "this user may not mount a small file system to fill: " + tried.output().strip().replaceAll("\\s+", " ");
    }

    private static Outcome full(Site site) throws Exception {
        String why = together(site);
        if (why != null) {
            return Outcome.skipped(why);
        }
        Path disk = Files.createDirectory(site.file(DISK));
        List<String> bgjob = new ArrayList<>(List.of("env", "BGJOB_DIR=" + disk + "/.logs"));
        bgjob.addAll(Site.bgjob());
        Commands.Result result = apart(site, FULL, disk.toString(), bgjob);
        hold(result.output().contains("the ending waits\n"), "the ending did not wait (" + result.exit() + "): " + last(result));
        hold(result.output().contains("ended with 9 and 9\n"), last(result));
        return Outcome.kept("status said that the ending could not be written yet; with room again, 9 was recorded");
    }

    /** RLIMIT_FSIZE stands for the full disk: it needs no rights, and a write ends as short. */
    private static Outcome noRoom(Site site) throws Exception {
        site.ended("before");
        List<String> words = Site.bgjob("run", "none", "--", "true");
        Commands.Result result = Commands.run(List.of("/bin/sh", "-c", "ulimit -f 0; trap '' XFSZ; BGJOB_DIR=" + ShellWords.quote(site.logs())
                + " exec " + ShellWords.join(words)), MOST_MILLIS);
        hold(result.exit() == 1, "run ended with " + result.exit() + ": " + last(result));
        nothing(site, "none");
        return Outcome.kept("refused: " + last(result));
    }

    private static Outcome readOnly(Site site) throws Exception {
        Path logs = Files.createDirectory(Path.of(site.logs()));
        logs.toFile().setWritable(false, false);
        if (!Files.isWritable(logs)) {
            try {
                site.start("refused", "exit 0");
                throw new Fault.Broken("a job was started all the same");
            } catch (BgjobException e) {
                nothing(site, "refused");
                return Outcome.kept("refused: " + e.getMessage());
            }
        }
        String why = together(site); // root may write everywhere but on a read-only mount
        if (why != null) {
            return Outcome.skipped("this user may write in spite of the mode, and " + why);
        }
        Commands.Result result = apart(site, READ_ONLY, logs.toString(), Site.bgjob());
        hold(result.output().contains("run ended with 1\n"), last(result));
        nothing(site, "refused");
        return Outcome.kept("refused: " + result.output().strip().split("\n")[0]);
    }

    private static void nothing(Site site, String label) throws Fault.Broken {
        hold(!Cleaner.holds(site.logs()), "a process was left");
        for (String folder : List.of("", "/jobs")) {
            String[] names = new File(site.logs() + folder).list((parent, name) -> name.contains(label));
            hold(names == null || names.length == 0, "files were left: " + String.join(", ", names == null ? new String[0] : names));
        }
    }

    private static String last(Commands.Result result) {
        String[] lines = result.output().strip().split("\n");
        return lines[lines.length - 1].isEmpty() ? "nothing was said" : lines[lines.length - 1];
    }
}
