package bgjob.doctor;

import bgjob.job.BgjobException;
import bgjob.store.LogsDir;
import bgjob.store.Repository;
import bgjob.store.StoreReview;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** The directory of the records: who may read and write it, and whether git lets it be. */
final class DirectoryChecks {
    private final Machine machine;
    private final Records records;

    DirectoryChecks(Machine machine, Records records) {
        this.machine = machine;
        this.records = records;
    }

    List<Check> all() {
        return List.of(new Check("writable", this::writable), new Check("times", this::times), new Check("private", this::ownAlone),
                new Check("ignored", this::ignored));
    }

    Finding writable() {
        String advice = "give yourself the right to write there, free space, or use --dir DIR for another place";
        if (records.exist()) {
            try {
                StoreReview.probe(records.directory());
                return Finding.ok(records.directory() + " can be written");
            } catch (BgjobException e) {
                return Finding.problem(e.getMessage() + ", so no job can be started, and those that run cannot record their ending", advice);
            }
        }
        Path nearest = records.nearest();
        if (new File(records.directory()).exists() || !new File(nearest.toString()).isDirectory()) {
            return Finding.problem(nearest + " is no directory, so there is no place for records",
                    "move it away, or use --dir DIR for another place");
        }
        return Files.isWritable(nearest) ? Finding.ok("there are no records yet; " + records.directory() + " can be made")
                : Finding.problem("there are no records yet, and " + records.directory() + " cannot be made: " + nearest + " cannot be written",
                        advice);
    }

    Finding times() {
        if (!records.exist() || !Files.isWritable(Path.of(records.directory()))) {
            return Finding.ok("no job can be started here yet, so there is nothing to order by time");
        }
        return StoreReview.probe(records.directory()) ? Finding.ok("the file system keeps times finer than a second")
                : Finding.note("the file system of " + records.directory()
                        + " keeps whole seconds only, so there is no index and each command lists the directory",
                        "use --dir DIR on another file system, or remove old records, if there are many");
    }

    Finding ownAlone() throws Exception {
        if (!records.exist()) {
            return Finding.ok("there are no records yet; they will be yours alone");
        }
        for (String path : List.of(records.directory(), new LogsDir(records.directory()).jobs())) {
            if (!new File(path).exists()) {
                continue;
            }
            long owner = ((Number) Files.getAttribute(Path.of(path), "unix:uid")).longValue();
            if (machine.uid() >= 0 && owner != machine.uid()) {
                return Finding.warning(path + " belongs to " + Files.getOwner(Path.of(path))
                        + ", not to you: you may not see or stop what runs there, and your jobs' records are theirs",
                        "use --dir DIR for a directory of your own");
            }
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path)));
            if (mode.charAt(4) == 'w' || mode.charAt(7) == 'w') {
                return Finding.warning(path + " can be written by others (" + mode + "), who could change what a job script runs",
                        "run: chmod 700 " + path);
            }
            if (path.equals(records.directory()) && !mode.endsWith("------")) {
                return Finding.note(path + " can be read by others (" + mode + "); its files are private, their names are not", "run: chmod 700 "
                        + path);
            }
        }
        return Finding.ok(records.directory() + " is yours alone");
    }

    Finding ignored() {
        Path around = Path.of(records.directory()).getParent();
        Repository repository = around == null ? null : Repository.around(around.toString());
        if (repository == null) {
            return Finding.ok(records.directory() + " is in no git repository");
        }
        var listed = machine.run("git", "-C", repository.root(), "ls-files", "--", records.directory());
        if (listed == null) {
            return new File(records.directory(), ".gitignore").exists() ? Finding.ok("git is told to ignore " + records.directory())
                    : Finding.note("git is not there to say whether it ignores " + records.directory(), null);
        }
        if (listed.exit() == 0 && !listed.output().isBlank()) {
            return Finding.warning("git has files of " + records.directory()
                    + " under version control; commits will hold commands and logs, and a checkout may overwrite them",
                    "run: git rm -r --cached " + records.directory());
        }
        var ignored = machine.run("git", "-C", repository.root(), "check-ignore", "-q", records.directory() + "/x_20200101_000000.log");
        if (ignored.exit() == 1 && (records.exist() || !records.directory().endsWith("/" + LogsDir.NAME))) {
            return Finding.warning("git does not ignore " + records.directory()
                    + ", so 'git add' takes the records up, and 'git clean' removes them", "put a line * into " + records.directory()
                    + "/.gitignore");
        }
        return ignored.exit() > 1 || ignored.exit() < 0 ? Finding.note("git cannot say whether it ignores " + records.directory(), null)
                : Finding.ok("git ignores " + records.directory() + (records.exist() ? "" : ", as soon as it is made"));
    }
}
