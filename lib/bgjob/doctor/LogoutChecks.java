package bgjob.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** What systemd does to jobs when a user logs out or a service is stopped (logind.conf(5), user@.service(5)). */
final class LogoutChecks {
    private static final String SETTING = "KillUserProcesses";
    private static final List<String> PLACES = List.of("/usr/lib/systemd", "/usr/local/lib/systemd", "/run/systemd", "/etc/systemd");
    private static final Set<String> YES = Set.of("1", "yes", "y", "true", "t", "on");

    private final Machine machine;

    LogoutChecks(Machine machine) {
        this.machine = machine;
    }

    List<Check> all() {
        return List.of(new Check("logout", this::logout), new Check("service", this::service));
    }

    private boolean systemd() {
        return machine.exists("/run/systemd/system");
    }

    Finding logout() {
        if (!systemd()) {
            return Finding.ok("there is no systemd here that would end a user's processes at logout");
        }
        String value = setting(SETTING);
        String from = "in logind.conf";
        if (value == null) {
            var asked = machine.run("busctl", "get-property", "org.freedesktop.login1", "/org/freedesktop/login1",
                    "org.freedesktop.login1.Manager", SETTING);
            value = asked != null && asked.exit() == 0 ? asked.output().strip().replaceFirst("^b ", "") : null;
            from = "by systemd-logind's default";
        }
        if (value == null) {
            return Finding.note("no logind.conf sets " + SETTING
                    + ", and systemd-logind cannot be asked; Debian's and Fedora's default is no, others' is yes",
                    "set KillUserProcesses=no in /etc/systemd/logind.conf.d/, if jobs die at logout");
        }
        if (!YES.contains(value.toLowerCase(Locale.ROOT))) {
            return Finding.ok(SETTING + " is " + value + " " + from + ", so jobs outlive the session");
        }
        if (spared()) {
            return Finding.ok(SETTING + " is on, but not for " + machine.user());
        }
        return Finding.problem(SETTING + " is on " + from + ": logging out kills the jobs started in that session",
                "set KillUserProcesses=no in /etc/systemd/logind.conf.d/, or once 'loginctl enable-linger' and then start jobs by "
                        + "'systemd-run --user --scope bgjob run …'");
    }

    /** Unless said otherwise, root is; where only some users are named, all others are. */
    private boolean spared() {
        String only = setting("KillOnlyUsers");
        String excluded = setting("KillExcludeUsers");
        boolean named = only != null && !only.isEmpty() && !List.of(only.split("\\s+")).contains(machine.user());
        return named || List.of((excluded == null ? "root" : excluded).split("\\s+")).contains(machine.user());
    }

    Finding service() {
        if (!systemd()) {
            return Finding.ok("no service of systemd's holds this shell");
        }
        String group = machine.text("/proc/self/cgroup");
        if (group == null) {
            return Finding.note("/proc/self/cgroup cannot be read, so it cannot be told which service holds this shell", null);
        }
        boolean session = group.contains("/session-") && group.contains(".scope");
        if (!session && group.contains("/user@")) {
            return machine.exists("/var/lib/systemd/linger/" + machine.user())
                    ? Finding.ok("the user's service manager holds this shell, and lingering keeps it after logout")
                    : Finding.warning("the user's service manager holds this shell and ends all in it soon after the last logout, jobs included",
                            "run once: loginctl enable-linger " + machine.user());
        }
        int end = session ? -1 : group.indexOf(".service");
        if (end < 0) {
            return Finding.ok("no service of systemd's holds this shell");
        }
        String name = group.substring(group.lastIndexOf('/', end) + 1, end) + ".service";
        return Finding.note("this shell runs inside " + name + "; when that stops, its jobs are killed with it unless it has KillMode=process",
                "start jobs that must go on from a login shell, or by 'systemd-run --scope'");
    }

    /** The last one of all files counts; a file in a place with more weight hides those of its name (systemd.syntax(7)). */
    private String setting(String key) {
        String value = null;
        TreeMap<String, String> files = new TreeMap<>();
        for (String place : PLACES) {
            String main = machine.text(place + "/logind.conf");
            value = main == null ? value : valueIn(main, key, null);
            for (String name : machine.names(place + "/logind.conf.d")) {
                if (name.endsWith(".conf")) {
                    files.put(name, place + "/logind.conf.d/" + name);
                }
            }
        }
        for (String file : files.values()) {
            String text = machine.text(file);
            value = text == null ? value : valueIn(text, key, value);
        }
        return value;
    }

    private static String valueIn(String text, String key, String before) {
        String value = before;
        boolean login = false;
        for (String raw : text.split("\n")) {
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[")) {
                login = line.equals("[Login]");
            } else if (login && equals > 0 && line.substring(0, equals).strip().equals(key)) {
                value = line.substring(equals + 1).strip();
            }
        }
        return value;
    }
}
