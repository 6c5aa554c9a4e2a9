package bgjob.doctor;

import static bgjob.doctor.Place.found;

import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellChecksTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
    }

    private ShellChecks checks() {
        return new ShellChecks(place.machine(), place.records());
    }

    @Test
    void the_way_to_detach_is_the_first_that_the_job_script_finds() {
        place.program("python3", "").program("perl", "");
        found(Grade.OK, "perl", checks().detach());
        place.program("setsid", "");
        found(Grade.OK, "setsid", checks().detach());
    }

    @Test
    void job_control_is_the_last_resort_and_without_it_no_job_can_start() {
        place.shell = place.folder.resolve("bin/own").toString();
        place.program("own", "echo 'cannot access tty' >&2");
        place.program("zsh", "echo 'no job control' >&2");
        found(Grade.PROBLEM, "no job can be started", checks().detach());
        place.program("own", "");
        found(Grade.NOTE, "only the job control", checks().detach());
        place.program("mksh", "");
        found(Grade.NOTE, "mksh's job control", checks().detach());
    }

    @Test
    void signals_are_given_back_by_env_or_a_stand_in_or_not() {
        place.program("env", "exit 125");
        found(Grade.NOTE, "leader alone", checks().signals());
        place.program("python3", "");
        found(Grade.OK, "python3", checks().signals());
        place.program("env", "[ \"$1\" = --default-signal=INT,QUIT ]");
        found(Grade.OK, "env", checks().signals());
    }

    @Test
    void a_shell_that_may_lose_a_status_is_named() {
        place.shell = Tool.need("bash");
        found(Grade.NOTE, "exit_doubt", checks().shell());
        place.shell = Tool.need("dash");
        found(Grade.OK, "dash", checks().shell());
    }

    @Test
    void a_shell_that_is_none_is_a_problem() {
        place.shell = "/nowhere/sh";
        found(Grade.PROBLEM, "/nowhere/sh", checks().shell());
        place.shell = "sh";
        found(Grade.PROBLEM, "absolute path", checks().shell());
        place.program("broken", "echo nonsense; exit 3");
        place.shell = place.folder.resolve("bin/broken").toString();
        found(Grade.PROBLEM, "does not run: nonsense", checks().shell());
    }

    @Test
    void a_machine_without_git_is_told_what_is_missing() {
        found(Grade.NOTE, "git is not on PATH", checks().git());
        place.program("git", "");
        found(Grade.OK, "git is there", checks().git());
    }

    @Test
    void terminals_that_end_early_are_named() {
        found(Grade.OK, "no terminal", checks().terminal());
        place.environment.put("TERM_PROGRAM", "vscode");
        found(Grade.NOTE, "VS Code", checks().terminal());
        place.environment.put("SSH_CONNECTION", "1 2 3 4");
        found(Grade.NOTE, "SSH", checks().terminal());
        place.environment.put("TMUX", "/tmp/x");
        found(Grade.NOTE, "tmux", checks().terminal());
    }
}
