package bgjob.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.job.BgjobException;
import bgjob.support.JobHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Java is chosen; those that the machine really has are found too, so versions here are beyond theirs. */
class JavasTest {
    @TempDir
    Path dir;

    private Path home;

    @BeforeEach
    void real() throws IOException {
        home = dir.toRealPath();
    }

    private Path java(String place, String release) {
        Path java = home.resolve(place);
        JobHome.write(java.resolve("bin/java"), "#!/bin/sh\nexit 0\n", true);
        JobHome.write(java.resolve("release"), release, false);
        return java;
    }

    private static String release(String version) {
        return "IMPLEMENTOR=\"Some/One\"\nJAVA_VERSION=\"" + version + "\"\n";
    }

    private Javas.Choice choose(Map<String, String> environment) {
        return Javas.choose(environment, home, System.getProperty("java.home"));
    }

    @Test
    void it_looks_where_installers_put_them() {
        List<Path> made = List.of(java(".sdkman/candidates/java/30-tem", release("30")), java(".jdks/30", release("30")),
                java(".jbang/cache/jdks/30", release("30")), java(".asdf/installs/java/30", release("30")), java(".gradle/jdks/30", release("30")),
                java("Library/Java/JavaVirtualMachines/30/Contents/Home", release("30")));
        List<Path> found = Javas.candidates(Map.of(), home, null);
        assertTrue(found.containsAll(made), found.toString());
    }

    @Test
    void JAVA_HOME_and_the_java_on_path_count_by_where_they_lead() throws IOException {
        Path set = java("set", release("30"));
        Path reached = java("reached", release("30"));
        Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(home.resolve("bin/java"), reached.resolve("bin/java"));
        List<Path> found = Javas.candidates(Map.of("JAVA_HOME", set + "/.", "PATH", "/nowhere::" + home.resolve("bin")), home, null);
        assertEquals(List.of(set, reached), found.subList(0, 2));
        assertEquals(set, choose(Map.of("JAVA_HOME", set.toString())).best().home(), "of equally new ones the first");
    }

    @Test
    void newer_is_better_by_number_and_a_release_better_than_an_early_one() {
        java(".jdks/a", release("30.0.9"));
        Path best = java(".jdks/b", release("30.0.10"));
        java(".jdks/c", release("31-ea"));
        Javas.Choice choice = choose(Map.of());
        assertEquals(best, choice.best().home());
        assertEquals("30.0.9", choice.spare().get(0).version());
        assertEquals("31-ea", choice.spare().get(choice.spare().size() - 1).version());
        assertTrue(choice.why().startsWith("the newest of "), choice.why());
    }

    @Test
    void what_is_no_java_from_17_up_is_none() {
        java(".jdks/old", release("11.0.2"));
        java(".jdks/eight", release("1.8.0_402"));
        java(".jdks/odd", release("odd"));
        JobHome.write(home.resolve(".jdks/empty/release"), release("30"), false);
        Javas.Choice choice = choose(Map.of());
        assertFalse(choice.best().home().startsWith(home));
        assertFalse(choice.spare().stream().anyMatch(java -> java.home().startsWith(home)));
        assertNull(Java.in(home.resolve(".jdks/empty")));
    }

    @Test
    void an_answer_to_BGJOB_JAVA_HOME_is_that_or_a_sentence() {
        Path old = java("old", release("16"));
        BgjobException refused = assertThrows(BgjobException.class, () -> choose(Map.of("BGJOB_JAVA_HOME", old.toString())));
        assertEquals("BGJOB_JAVA_HOME is " + old + ", which is Java 16; set it to the home of a Java 17 or later, or unset it", refused.getMessage());
        Path good = java("good", release("18"));
        assertEquals(good, choose(Map.of("BGJOB_JAVA_HOME", good.toString())).best().home());
    }

    @Test
    void versions_are_compared_number_by_number() {
        assertTrue(Javas.compare("25.0.3+9-LTS", "25.0.3+8") > 0);
        assertTrue(Javas.compare("25", "25.0.1") < 0);
        assertTrue(Javas.compare("9", "17") < 0);
        assertEquals(0, Javas.compare("17.0.15+6", "17.0.15+6-Debian"));
    }

    @Test
    void a_release_file_says_vendor_and_version_as_start_sh_reads_them() {
        Java java = Java.in(java("x", "IMPLEMENTOR=\"Eclipse/Adoptium\"\nJAVA_RUNTIME_VERSION=\"25.0.3+9-LTS\"\nJAVA_VERSION=\"25.0.3\"\nMODULES=\"a b\"\n"));
        assertEquals(new Java(home.resolve("x"), "Eclipse", "25.0.3+9-LTS", 25), java);
        assertEquals("Eclipse-25.0.3+9-LTS", java.archives());
    }
}
