package bgjob.doctor;

import bgjob.install.Installation;
import java.io.File;
import java.util.List;

/** This program: its Java, its start-up archives, its installed copy, and how it reads names. */
final class ProgramChecks {
    private static final int FAST = 24; // from here on Java loads all of an archive at once

    private final Machine machine;
    private final Program program;

    ProgramChecks(Machine machine, Program program) {
        this.machine = machine;
        this.program = program;
    }

    List<Check> all() {
        return List.of(new Check("java", this::java), new Check("archives", this::archives), new Check("installation", this::installation),
                new Check("locale", this::locale));
    }

    Finding java() {
        String fact = "Java " + program.javaVersion() + " of " + program.javaVendor() + " in " + program.javaHome() + " runs bgjob";
        String version = program.javaVersion();
        int end = 0;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        int major = end == 0 || end > 4 ? 0 : Integer.parseInt(version.substring(0, end));
        if (version.contains("-ea") || version.contains("-internal")) {
            return Finding.note(fact + ", which is no release", "set BGJOB_JAVA_HOME to a released Java, if anything goes wrong");
        }
        return major < FAST ? Finding.note(fact + "; later ones start faster",
                "install a JDK 25, and run 'bgjob install' again or set BGJOB_JAVA_HOME") : Finding.ok(fact);
    }

    Finding archives() {
        if (program.app() == null) {
            return Finding.note("bgjob was started by no launcher of its own, so it has no start-up archive", "start it by ./bgjob, or install it");
        }
        String name = program.app() + "/" + Installation.archives(program.javaHome(), program.javaVersion());
        for (String group : List.of("-hot.jsa", "-all.jsa")) {
            if (new File(name + group + ".failed").exists()) {
                return Finding.note("the start-up archive " + name + group + " could not be made or was refused, so each start takes longer",
                        "remove " + name + group + ".failed, and it is tried again");
            }
        }
        boolean off = "off".equals(machine.environment().get("BGJOB_TRAIN"));
        return new File(name + "-hot.jsa").canRead() && new File(name + "-all.jsa").canRead()
                ? Finding.ok("the start-up archives for this Java are there")
                : Finding.note("there are no start-up archives for this Java yet, so each start takes longer", off
                        ? "unset BGJOB_TRAIN, and they are made" : "start bgjob again in a while; they are made in the background");
    }

    Finding installation() {
        Installation installed = program.installation();
        if (installed == null) {
            return Finding.ok("no copy is installed");
        }
        String again = "run 'bgjob install' again";
        if (!installed.whole()) {
            return Finding.problem("the installed copy in " + installed.data() + " has lost its build " + installed.app(), again
                    + " from a checkout");
        }
        if (!installed.hasJava()) {
            return Finding.warning("the Java that the installed copy was made for is gone: " + installed.java(), again
                    + ", so that it chooses another and makes its archive");
        }
        boolean checkout = program.home() != null && program.app() != null && !program.home().equals(installed.data());
        return checkout && !installed.sameAs(program.app()) ? Finding.note("the installed copy in " + installed.data()
                + " is another build than this checkout", "run: " + program.home() + "/bgjob install")
                : Finding.ok("the installed copy in " + installed.data() + " is whole" + (checkout ? ", and the same build" : ""));
    }

    Finding locale() {
        String encoding = program.encoding();
        return "UTF-8".equalsIgnoreCase(encoding) ? Finding.ok("names and arguments are read as UTF-8")
                : Finding.warning("names and arguments are read as " + encoding + ", so those outside of it do not arrive as they are",
                        "set LC_ALL to a UTF-8 locale that is installed, such as C.UTF-8");
    }
}
