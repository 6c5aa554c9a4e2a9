package bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** The bgjob that is measured: the installed command, or ./bgjob of a checkout that cannot install. */
final class Subject {
    /** Has java say what it is started with, and refuse to start with an archive that it cannot use. */
    private static final String ASK = "-Xshare:on -XX:+PrintFlagsFinal -XshowSettings:properties";
    private static final Pattern ARCHIVE = Pattern.compile("\\bSharedArchiveFile\\s+= \\S.*\\.jsa ");
    private static final long MOST_SECONDS = 180;
    private static final long STEP_NANOS = 200_000_000;

    private final Place place;
    private final String command;
    private final boolean installed;

    private Subject(Place place, String command, boolean installed) {
        this.place = place;
        this.command = command;
        this.installed = installed;
    }

    /** Builds it, installs it into the place's HOME, and has it make its start-up archive for each JDK. */
    static Subject prepare(Place place, Path checkout, List<Jdk> jdks) throws Exception {
        String launcher = checkout.resolve("bgjob").toString();
        Process build = new ProcessBuilder(launcher, "--help").redirectErrorStream(true).start(); // with the caller's own settings
        String help = new String(build.getInputStream().readAllBytes());
        if (build.waitFor() != 0) {
            throw new IllegalStateException(launcher + " cannot be built:\n" + help);
        }
        Subject subject = new Subject(place, launcher, false);
        if (subject.has("install")) {
            Path bin = place.folder("bin");
            place.environment().put("PATH", bin + ":" + place.environment().get("PATH"));
            place.run(checkout, launcher, "install", "--bin-dir", bin.toString());
            subject = new Subject(place, bin.resolve("bgjob").toString(), true);
        }
        for (Jdk jdk : jdks) {
            subject.train(jdk);
        }
        return subject;
    }

    /** The first call has the archive made in the background; later ones, when it is there, are started from it. */
    private void train(Jdk jdk) throws Exception {
        Map<String, String> more = Map.of("BGJOB_JAVA_HOME", jdk.home().toString(), "BGJOB_JAVA_OPTIONS", ASK);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (true) {
            String printed = place.run(place.folder("train"), more, command, "--version");
            if (!printed.contains("java.runtime.version = " + jdk.version())) {
                throw new IllegalStateException(command + " does not run on " + jdk.home() + " although BGJOB_JAVA_HOME says so:\n" + printed);
            }
            if (ARCHIVE.matcher(printed).find()) {
                return;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no start-up archive for " + jdk + " within " + MOST_SECONDS + " s");
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** @return the words of a call */
    String[] call(String... arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(arguments));
        return words.toArray(new String[0]);
    }

    /** Calls it; it must exit with 0. @return what it printed */
    String run(Path folder, String... arguments) throws Exception {
        return place.run(folder, call(arguments));
    }

    boolean has(String verb) throws Exception {
        return place.run(place.folder("train"), command, "--help").contains("\n  " + verb + " ");
    }

    String version() throws Exception {
        return run(place.folder("train"), "--version").strip();
    }

    /** @return how it is called, for people */
    String kind() {
        return installed ? "installed by `bgjob install`" : "`./bgjob` of the checkout";
    }

    /** @return what makes it run on that JDK */
    static Map<String, String> on(Jdk jdk) {
        return Map.of("BGJOB_JAVA_HOME", jdk.home().toString());
    }

    /** Writes the records of old jobs into a folder's {@code .logs}, modelled on a job that is run there. */
    void addHistory(Path folder, int jobs, int labels) throws Exception {
        run(folder, "run", Records.MODEL, "--", "true");
        run(folder, "wait", Records.MODEL);
        try {
            new Records(folder.resolve(".logs")).write(jobs, labels);
        } catch (IOException e) {
            throw new IllegalStateException("cannot make " + jobs + " records in " + folder + ": " + e.getMessage(), e);
        }
    }
}
