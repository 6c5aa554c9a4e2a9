package e2e;

import bgjob.support.CliRun;
import bgjob.support.JobHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A user's home directory into which bgjob is installed. */
final class Installed {
    /** What a login has on PATH. */
    static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    final JobHome home;
    final Path user;
    final Path data;
    final Path bin;

    Installed(JobHome home) {
        this.home = home;
        user = home.root().resolve("home");
        data = user.resolve(".local/share/bgjob");
        bin = user.resolve(".local/bin");
        for (String name : List.of("XDG_DATA_HOME", "XDG_CONFIG_HOME", "BGJOB_JAVA_HOME")) {
            home.environment().remove(name);
        }
        home.environment().put("SHELL", "/bin/bash");
    }

    /** @return a call of the checkout's {@code bgjob install} */
    CliRun install(String... options) {
        List<String> words = new ArrayList<>(List.of("install"));
        words.addAll(Arrays.asList(options));
        return home.bgjob(words.toArray(new String[0]));
    }

    /** @return a call of an installed command, with a PATH that has neither the checkout's bgjob nor JBang */
    CliRun call(String command, String... arguments) {
        List<String> words = new ArrayList<>(List.of(bin.resolve(command).toString()));
        words.addAll(Arrays.asList(arguments));
        return home.command(words.toArray(new String[0])).env("PATH", PATH).env("JBANG_DIR", "/nonexistent");
    }

    /** Makes a Java of that version that is first choice, and is in truth the one that runs the tests. @return its home */
    Path makeJava(String version) {
        Path java = user.resolve(".jdks/java");
        String real = System.getProperty("java.home");
        JobHome.write(java.resolve("release"), "IMPLEMENTOR=\"Test & Co\"\nJAVA_RUNTIME_VERSION=\"" + version + "\"\n", false);
        JobHome.write(java.resolve("bin/java"), "#!/bin/sh\nexec '" + real + "/bin/java' \"$@\"\n", true);
        return java;
    }

    /** @return the builds in the installation, by name */
    List<Path> builds() {
        return list(data).stream().filter(path -> path.getFileName().toString().startsWith("app-")).toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return everything below the home directory */
    List<String> tree() {
        try (Stream<Path> files = Files.walk(user)) {
            return files.map(file -> user.relativize(file) + (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "/" : "")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
