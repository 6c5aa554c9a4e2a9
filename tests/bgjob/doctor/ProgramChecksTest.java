package bgjob.doctor;

import static bgjob.doctor.Place.found;

import bgjob.install.Installation;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramChecksTest {
    @TempDir
    Path temp;

    private Place place;
    private Path app;
    private Path java;

    @BeforeEach
    void make() throws IOException {
        place = new Place(temp);
        app = Files.createDirectory(place.folder.resolve("app"));
        java = java("jdk", "25.0.1+8-LTS");
        JobHome.write(app.resolve("bgjob.jar"), "jar", false);
    }

    private Path java(String name, String version) {
        Path home = place.folder.resolve(name);
        JobHome.write(home.resolve("bin/java"), "", true);
        JobHome.write(home.resolve("release"), "IMPLEMENTOR=\"Maker\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\n", false);
        return home;
    }

    private ProgramChecks checks(String version, String encoding) {
        Installation installed = Installation.of(Map.of("HOME", place.folder.toString()));
        return new ProgramChecks(place.machine(), new Program("/checkout", app.toString(), java.toString(), version, "Maker", encoding, installed));
    }

    private ProgramChecks checks() {
        return checks("25.0.1+8-LTS", "UTF-8");
    }

    @Test
    void an_older_java_and_one_that_is_no_release_are_noted() {
        found(Grade.OK, "Java 25.0.1+8-LTS of Maker", checks().java());
        found(Grade.NOTE, "later ones start faster", checks("17.0.15+6", "UTF-8").java());
        found(Grade.NOTE, "no release", checks("27-ea+3", "UTF-8").java());
    }

    @Test
    void archives_are_there_or_not_or_failed() {
        found(Grade.NOTE, "no start-up archives", checks().archives());
        JobHome.write(app.resolve("Maker-25.0.1+8-LTS-hot.jsa"), "", false);
        found(Grade.NOTE, "no start-up archives", checks().archives());
        JobHome.write(app.resolve("Maker-25.0.1+8-LTS-all.jsa"), "", false);
        found(Grade.OK, "are there", checks().archives());
        JobHome.write(app.resolve("Maker-25.0.1+8-LTS-hot.jsa.failed"), "", false);
        found(Grade.NOTE, "could not be made", checks().archives());
    }

    private void installed(Path build, Path home) {
        JobHome.write(place.folder.resolve(".local/share/bgjob/current"), "# shellcheck shell=sh\nbgjob_app=" + build + " bgjob_builds=" + build
                + "\nbgjob_java_chosen=" + home + "\nbgjob_javas_spare=\n", false);
    }

    @Test
    void an_installed_copy_must_be_whole_and_have_its_java() {
        found(Grade.OK, "no copy", checks().installation());
        installed(place.folder.resolve("gone"), java);
        found(Grade.PROBLEM, "lost its build", checks().installation());
        installed(app, place.folder.resolve("gone"));
        found(Grade.WARNING, "is gone: " + place.folder.resolve("gone"), checks().installation());
        installed(app, java);
        found(Grade.OK, "the same build", checks().installation());
        Path older = place.folder.resolve("older");
        JobHome.write(older.resolve("bgjob.jar"), "older jar", false);
        installed(older, java);
        found(Grade.NOTE, "another build", checks().installation());
    }

    @Test
    void names_must_be_read_as_utf8() {
        found(Grade.OK, "UTF-8", checks().locale());
        found(Grade.WARNING, "ANSI_X3.4-1968", checks("25.0.1", "ANSI_X3.4-1968").locale());
    }
}
