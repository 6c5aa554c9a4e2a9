package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code run --snapshot} saves what is not committed, and changes nothing; {@code rerun --at-commit} brings it back. */
class SnapshotTest {
    /** Every kind of change at once. */
    private static final String CHANGES = """
            set -e
            printf '\\000\\001\\002' >binary; echo s >script; echo d >'with blank'; echo gone >gone; echo file >turned
            mkdir folder sub; echo x >folder/x; echo s >sub/s; printf 'ignored\\n' >.gitignore; ln -s file.txt link
            git add -A; git commit -qm Second
            echo staged >>file.txt; git add file.txt; echo unstaged >>file.txt; printf '\\000\\377\\002x' >binary; git rm -q gone
            rm turned; mkdir turned; echo in >turned/in; rm -r folder; echo now a file >folder; chmod +x script; rm link; ln -s sub link
            echo new >'néw file'; printf 'no newline' >"new
            line"; : >empty; mkdir -p deep/er; head -c 100000 /dev/urandom >deep/er/random; echo secret >ignored; : >'#odd;$(name)'
            """;
    /** Contents, modes and targets of all that git would see. */
    private static final String LOOK = "cd \"$(git rev-parse --show-toplevel)\"; git ls-files -z -co --exclude-standard | sort -zu | while IFS= read -r -d '' f; do"
            + " [ -e \"$f\" ] || [ -L \"$f\" ] || continue; stat -c '%A %F %N' \"$f\" | tr '\\n' ' '; [ -L \"$f\" ] || sha1sum <\"$f\"; done";
    private static final String STATE = "{ git status --porcelain; git stash list; git for-each-ref; find .git -type f | sort | xargs -d '\\n' sha1sum; }";

    @RegisterExtension
    final JobHome home = JobHome.withGit();

    private String state() {
        return home.sh(STATE).run().out();
    }

    private JobRecord snapshot(String... command) {
        String[] words = new String[command.length + 4];
        System.arraycopy(new String[] {"run", "t", "--snapshot", "--"}, 0, words, 0, 4);
        System.arraycopy(command, 0, words, 4, command.length);
        return home.started(home.ok(words)).ended();
    }

    @Test
    void every_change_is_saved_and_brought_back_and_repository_and_files_stay_as_they_are() throws Exception {
        home.sh(CHANGES).run();
        String before = state();

        JobRecord first = snapshot("bash", "-c", LOOK);
        assertEquals(before, state());
        Path patch = home.logs().resolve("jobs/" + first.id() + ".patch");
        assertEquals(first.fact("snapshot"), Long.toString(Files.size(patch)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(patch)));
        assertFalse(Files.readString(patch, java.nio.charset.StandardCharsets.ISO_8859_1).contains("ignored\n+secret"));
        assertEquals(Files.size(patch), home.status("t").get("snapshot_bytes").getAsLong());
        home.sh("git stash -qu && git stash drop -q && echo other >file.txt && git commit -qam Third").run();
        String later = state();

        JobRecord again = home.started(home.ok("rerun", "t", "--at-commit")).ended();
        assertTrue(first.output().contains("néw file") && first.output().contains("symbolic link"), first.output());
        assertEquals(first.output(), again.output());
        assertEquals(later, state());
        assertEquals("true", again.fact("git_dirty"));
    }

    @Test
    void without_changes_there_is_no_patch() {
        JobRecord job = snapshot("true");

        assertEquals("clean", job.fact("snapshot"));
        assertEquals(List.of("jobs/" + job.id() + ".sh"), home.files().stream().filter(file -> file.startsWith("jobs/")).toList());
        assertEquals(0, home.status("t").get("snapshot_bytes").getAsInt());
        assertTrue(home.ok("status", "t").contains("\nSnapshot:  there were no changes to save\n"));
        assertTrue(home.status(home.start("plain", "true").ended().id()).get("snapshot_bytes").isJsonNull());
    }

    @Test
    void where_there_is_nothing_to_compare_with_it_refuses_and_nothing_is_left() {
        Path outside = home.root().resolve("home");
        String none = home.bgjob("run", "t", "--snapshot", "--", "true").in(outside).complains(2).run().err();
        assertTrue(none.contains("is in no git repository"), none);
        assertFalse(Files.exists(outside.resolve(".logs")));

        Path fresh = home.root().resolve("fresh");
        home.sh("git init -q \"$0\"", fresh.toString()).run();
        String unborn = home.bgjob("run", "t", "--snapshot", "--", "true").in(fresh).complains(2).run().err();
        assertTrue(unborn.contains("has no commit yet"), unborn);
        assertEquals("", home.sh("find .logs -name 't_*'").in(fresh).run().out());
    }

    @Test
    void too_much_is_refused_with_its_size_and_nothing_is_started() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(home.work().resolve("big").toFile(), "rw")) {
            file.setLength(70L << 20);
        }
        String before = state();

        String refusal = home.fails(1, "run", "t", "--snapshot", "--", "true");
        assertTrue(refusal.contains("at most 64.0 MiB") && refusal.contains("70.0 MiB of untracked files"), refusal);
        assertEquals(List.of(), home.files());
        assertEquals("", home.sh("find .logs -name 't_*'").run().out());
        assertEquals(before, state());
        home.write(".git/info/exclude", "big\n");
        snapshot("true");
    }

    @Test
    void a_failure_of_git_is_told_and_nothing_is_started() {
        home.sh("git init -q nested").run(); // a repository without a commit cannot be added

        String refusal = home.fails(1, "run", "t", "--snapshot", "--", "true");
        assertTrue(refusal.contains("cannot save what is not committed in " + home.work()) && refusal.contains("does not have a commit checked out"), refusal);
        assertEquals("", home.sh("find .logs -name 't_*'").run().out());
    }

    @Test
    void records_in_the_repository_under_another_name_are_not_saved() {
        home.write("new.txt", "new");
        String printed = home.ok("run", "t", "--dir", "records", "--snapshot", "--wait", "--", "true");

        String patch = home.sh("cat records/jobs/*.patch").run().out();
        assertTrue(patch.contains("b/new.txt") && !patch.contains("records"), printed + patch);
    }

    @Test
    void the_caller_s_git_variables_do_not_mislead_it() {
        Path other = home.root().resolve("other");
        home.makeRepository(other);
        home.write("new.txt", "new");
        home.environment().put("GIT_DIR", other.resolve(".git").toString());
        home.environment().put("GIT_INDEX_FILE", other.resolve(".git/index").toString());

        JobRecord job = snapshot("true");
        assertTrue(home.sh("cat \"$0\"", home.logs() + "/jobs/" + job.id() + ".patch").run().out().contains("b/new.txt"));
        home.environment().remove("GIT_INDEX_FILE");
        home.environment().remove("GIT_DIR");
        assertEquals("", home.sh("git status --porcelain").in(other).run().out());
    }

    @Test
    void of_a_queued_batch_the_state_at_submission_is_saved_and_a_rerun_saves_anew() {
        JobRecord gate = home.start("gate", "gate", "open");
        home.write("new.txt", "first\n");
        home.sh("echo item | bgjob batch t --snapshot --after gate -- sh -c 'cat new.txt' {}").run();
        home.write("new.txt", "second\n");
        home.open("open");
        gate.ended();
        home.ok("wait", "t");
        home.ok("rerun", "t", "--at-commit");
        home.ok("wait", "t");
        assertEquals("first\n", home.ok("logs", "t", "--item", "1"));

        JobRecord later = home.started(home.ok("rerun", "t")).ended();
        assertEquals(null, later.fact("snapshot"), "the job at a commit saved nothing itself");
        JobRecord first = snapshot("true");
        home.write("more.txt", "third\n");
        assertTrue(Long.parseLong(home.started(home.ok("rerun", "t")).ended().fact("snapshot")) > Long.parseLong(first.fact("snapshot")));
    }
}
