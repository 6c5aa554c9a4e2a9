package bgjob.doctor;

import static bgjob.doctor.Place.found;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogoutChecksTest {
    @TempDir
    Path temp;

    private Place place;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
        place.file("/run/systemd/system/x", "");
    }

    private LogoutChecks checks() {
        return new LogoutChecks(place.machine());
    }

    @Test
    void without_systemd_logging_out_ends_nothing() throws IOException {
        place = new Place(temp.resolve("other"));
        found(Grade.OK, "no systemd", checks().logout());
        found(Grade.OK, "no service", checks().service());
    }

    @Test
    void a_setting_that_kills_is_a_problem() {
        place.file("/etc/systemd/logind.conf", "[Login]\n#KillUserProcesses=no\nKillUserProcesses=yes\n");
        found(Grade.PROBLEM, "logging out kills", checks().logout());
    }

    @Test
    void a_later_file_outweighs_an_earlier_one_and_other_sections_do_not_count() {
        place.file("/etc/systemd/logind.conf", "[Login]\nKillUserProcesses=yes\n[Other]\nKillUserProcesses=yes\n");
        place.file("/usr/lib/systemd/logind.conf.d/10-a.conf", "[Login]\nKillUserProcesses=yes\n");
        place.file("/etc/systemd/logind.conf.d/10-a.conf", "[Login]\n");
        place.file("/run/systemd/logind.conf.d/50-b.conf", "[Login]\n KillUserProcesses = off\n");
        found(Grade.OK, "KillUserProcesses is off", checks().logout());
    }

    @ParameterizedTest
    @CsvSource({"KillExcludeUsers=root anna, OK", "KillExcludeUsers=root, PROBLEM", "KillOnlyUsers=bert, OK", "KillOnlyUsers=bert anna, PROBLEM"})
    void some_users_are_spared(String line, Grade grade) {
        place.file("/etc/systemd/logind.conf", "[Login]\nKillUserProcesses=1\n" + line + "\n");
        found(grade, "KillUserProcesses", checks().logout());
    }

    @Test
    void what_no_file_sets_the_service_is_asked() {
        place.program("busctl", "echo 'b true'");
        found(Grade.PROBLEM, "default", checks().logout());
        place.program("busctl", "echo 'b false'");
        found(Grade.OK, "KillUserProcesses is false", checks().logout());
        place.program("busctl", "exit 1");
        found(Grade.NOTE, "cannot be asked", checks().logout());
    }

    @Test
    void what_the_user_s_manager_holds_ends_with_it_unless_lingering_is_on() {
        place.file("/proc/self/cgroup", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/term.scope\n");
        found(Grade.WARNING, "service manager", checks().service());
        place.file("/var/lib/systemd/linger/anna", "");
        found(Grade.OK, "lingering", checks().service());
    }

    @Test
    void a_service_takes_its_jobs_with_it_and_a_session_is_no_service() {
        place.file("/proc/self/cgroup", "0::/system.slice/runner.service\n");
        found(Grade.NOTE, "inside runner.service", checks().service());
        place.file("/proc/self/cgroup", "0::/user.slice/user-1000.slice/session-3.scope\n");
        found(Grade.OK, "no service", checks().service());
    }
}
