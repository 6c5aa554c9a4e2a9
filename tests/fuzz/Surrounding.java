package fuzz;

import bgjob.support.JobHome;
import bgjob.support.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;

/** Machines and callers that differ from this one. */
enum Surrounding {
    AS_IT_IS(Shells.ALL), WITHOUT_SETSID("setsid"), WITHOUT_FLOCK_AND_CAFFEINATE("flock", "caffeinate"), WITHOUT_GIT("git"), WITHOUT_PS("ps"),
    WITHOUT_PERL_AND_PYTHON("perl", "python3", "python"), WITH_JOB_CONTROL_ALONE("setsid", "perl", "python3", "python"), WITH_PROGRAMS_OF_BSD(Shells.ALL),
    WITHOUT_PROC(Shells.ONE), WITH_CAFFEINATE(Shells.FEW), UMASK_077(Shells.FEW), UMASK_000(Shells.FEW), WITHOUT_HOME(Shells.FEW), LOCALE_C(Shells.FEW), LOCALE_LATIN_1(Shells.FEW),
    ODD_DIRECTORY(Shells.ALL), ODD_ENVIRONMENT(Shells.FEW);

    private static final List<String> BASICS = List.of("sh", "cat", "date", "env", "grep", "mv", "ps", "readlink", "rm", "rmdir", "sed", "sleep", "true", "uname",
            "touch", "nice", "mktemp", "mkdir", "stat", "bash", "zsh", "mksh", "setsid", "flock", "git", "perl", "python3", "unshare", "mount", "tr", "sort", "kill", "printf",
            "mkfifo", "ln", "tail", "cut", "find", "dd", "fallocate", "od", "wc", "head");
    private static final Set<String> GNUS = Set.of("date", "env", "grep", "mv", "rm", "rmdir", "sed", "touch", "nice", "mktemp", "mkdir", "stat", "readlink", "ps");

    private final List<String> shells;
    private final Set<String> missing;

    Surrounding(List<String> shells) {
        this.shells = shells;
        this.missing = Set.of();
    }

    Surrounding(String... missing) {
        this.shells = Shells.FEW;
        this.missing = new TreeSet<>(Arrays.asList(missing));
    }

    List<String> shells() {
        return shells;
    }

    /** The shells that a leader can be. */
    private static final class Shells {
        static final List<String> ALL = List.of("dash", "bash", "bash --posix", "busybox ash", "ksh93", "mksh", "zsh", "yash");
        /** What has little to do with the shell is tried with these, or with those that differ most. */
        static final List<String> FEW = "all".equals(System.getenv("BGJOB_TEST_FAULTS")) ? List.of("dash", "bash", "busybox ash", "zsh")
                : List.of("bash");
        /** Where each look at the processes takes long. */
        static final List<String> ONE = List.of("dash");
    }

    /** @return where jobs run and are recorded */
    String directory(JobHome home) {
        return home.work() + (this == ODD_DIRECTORY ? "/ it's \"odd\"\n$HOME `id` é 日本 *\\" : "");
    }

    /** @return what umask(1) says in a job */
    String umask() {
        return this == UMASK_077 ? "0077" : this == UMASK_000 ? "0000" : "0022";
    }

    void prepare(Place place) throws IOException {
        JobHome home = place.home;
        place.caller.around("sh", "-c", "umask " + umask() + "; exec \"$@\"", "sh");
        if (!missing.isEmpty()) {
            only(home);
        }
        switch (this) {
            case WITHOUT_HOME -> home.environment().remove("HOME");
            case LOCALE_C -> locale(home, "C");
            case LOCALE_LATIN_1 -> {
                Path folder = Files.createDirectory(home.root().resolve("locales"));
                home.command(Tool.need("localedef"), "-i", "de_DE", "-f", "ISO-8859-1", folder + "/de_DE.ISO-8859-1").exitsAnyhow().run();
                home.environment().put("LOCPATH", folder.toString());
                locale(home, "de_DE.ISO-8859-1");
            }
            case WITH_CAFFEINATE -> home.program("caffeinate", "[ \"$1\" = -i ] || exit 64; shift; exec \"$@\"");
            case ODD_ENVIRONMENT -> oddEnvironment(home);
            case WITH_PROGRAMS_OF_BSD -> bsd(home);
            case WITHOUT_PROC -> withoutProc(place);
            default -> {
                // what is missing says it all
            }
        }
    }

    /** As the launcher has it: its own Java in UTF-8, the jobs in the caller's locale. */
    private static void locale(JobHome home, String name) {
        home.environment().put("LANG", name);
        home.environment().put("BGJOB_UNSET_LC_ALL", "1");
    }

    /** A PATH of links to what is not missing. */
    private void only(JobHome home) throws IOException {
        Path folder = Files.createDirectory(home.root().resolve("only"));
        for (String name : BASICS) {
            if (!missing.contains(name) && Tool.find(name) != null) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(Tool.find(name)));
            }
        }
        home.environment().put("PATH", home.bin() + ":" + folder);
    }

    /** Options that every system of its own has mean nothing here; a shell in a strange mood may not change what a job does. */
    private static void oddEnvironment(JobHome home) {
        for (String assignment : List.of("IFS=_/", "CDPATH=/tmp:/", "ENV=/nonexistent", "POSIXLY_CORRECT=1", "GREP_OPTIONS=-v", "PS4=$(Shells.FEW)", "OPTIND=7", "TZ=America/St_Johns",
                "bgjob_mode=x", "bgjob_child=1", "bgjob_umask=000", "bgjob_hook=false", "bgjob_tries=99", "BGJOB_ID=other_20200101_000000", "BGJOB_LOG=/dev/full",
                "BGJOB_ATTEMPT=7", "LC_MESSAGES=xx_YY", "GIT_DIR=/nonexistent", "V=not this")) {
            home.environment().put(assignment.substring(0, assignment.indexOf('=')), assignment.substring(assignment.indexOf('=') + 1));
        }
        home.environment().put("LONG", "x".repeat(100_000));
    }

    /** Programs as macOS has them: no long options, whole seconds, no env that resets signals; neither setsid nor flock. */
    private void bsd(JobHome home) throws IOException {
        List<String> tools = new ArrayList<>(GNUS);
        Path folder = Files.createDirectory(home.root().resolve("only"));
        for (String name : BASICS) {
            if (!tools.contains(name) && !Set.of("setsid", "flock", "sleep").contains(name) && Tool.find(name) != null) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(Tool.find(name)));
            }
        }
        for (String name : tools) {
            home.program(name, "for a; do case $a in --) break ;; --*) echo \"" + name + ": illegal option -- -\" >&2; exit 64 ;; -*) ;; *) break ;; esac; done\n"
                    + (name.equals("date") ? "case $1-$2 in -u-+* | +*) ;; *) echo 'date: illegal option' >&2; exit 64 ;; esac\n" : "")
                    + "exec " + Tool.need(name) + " \"$@\"");
        }
        home.program("sleep", "case $1 in *[!0-9]*) echo 'usage: sleep seconds' >&2; exit 64 ;; esac\nexec " + Tool.need("sleep") + " \"$@\"");
        home.program("gate", "until [ -e \"$1\" ]; do " + Tool.need("sleep") + " 0.02; done");
        home.environment().put("PATH", home.bin() + ":" + folder);
    }

    /** A mount name space of its own, in which only ps(1) sees the processes, as on macOS. */
    private static void withoutProc(Place place) {
        JobHome home = place.home;
        String real = home.root() + "/proc";
        int code = home.command("unshare", "-m", "mount", "-t", "tmpfs", "none", "/proc").exitsAnyhow().run().code();
        Assumptions.assumeTrue(code == 0, "mounting is not allowed here");
        home.program("ps", "case \" $* \" in *' -E '*) e=1 ;; *) e= ;; esac\n"
                + "if [ \"$e\" ]; then for p; do :; done; tr '\\0' ' ' <" + real + "/$p/cmdline; tr '\\0' ' ' <" + real + "/$p/environ; exit; fi\n"
                + "exec unshare -m sh -c 'mount -n --bind " + real + " /proc && exec " + Tool.need("ps") + " \"$@\"' ps \"$@\"");
        place.caller.around("unshare", "-m", "sh", "-c", "umask 022; mkdir " + real + " && mount --rbind /proc " + real
                + " && mount -t tmpfs none /proc && export LD_LIBRARY_PATH=" + System.getProperty("java.home") + "/lib && exec \"$@\"", "sh"); // by /proc java finds its own
    }
}
