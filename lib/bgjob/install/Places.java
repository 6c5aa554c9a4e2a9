package bgjob.install;

import bgjob.job.BgjobException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an installation lies: spells the name of each of its files (docs/installing.md).
 *
 * @param home the user's home directory
 * @param data the installation's own folder
 * @param bashCompletions where bash-completion looks for a command's completion by its name
 * @param fishCompletions where fish does
 */
record Places(Path home, Path data, Path bashCompletions, Path fishCompletions) {
    /** What stands in the second line of each file that install makes outside of {@link #data}. */
    static final String MARK = "Made by 'bgjob install'";
    /** The runbook's short commands, and the verb that each stands for. */
    static final Map<String, String> ALIASES = new LinkedHashMap<>();

    static {
        for (String verb : List.of("run", "follow", "status", "stop", "list", "latest")) {
            ALIASES.put("bg" + verb, verb);
        }
    }

    /** @param environment the caller's */
    static Places of(Map<String, String> environment) {
        String home = environment.get("HOME");
        if (home == null || !home.startsWith("/")) {
            throw BgjobException.failed("HOME is " + (home == null || home.isEmpty() ? "not set" : "'" + home + "', which is no absolute path")
                    + ", so there is no place for an installation; set it to your home directory");
        }
        Path data = xdg(environment, "XDG_DATA_HOME", home + "/.local/share");
        Path config = xdg(environment, "XDG_CONFIG_HOME", home + "/.config");
        return new Places(Path.of(home), data.resolve("bgjob"), data.resolve("bash-completion/completions"), config.resolve("fish/completions"));
    }

    /** The XDG base directory specification has relative values ignored. */
    private static Path xdg(Map<String, String> environment, String name, String otherwise) {
        String given = environment.get(name);
        return Path.of(given != null && given.startsWith("/") ? given : otherwise);
    }

    Path current() {
        return data.resolve("current");
    }

    Path list() {
        return data.resolve("installed");
    }

    Path lock() {
        return data.resolve("lock");
    }

    Path zshCompletion() {
        return data.resolve("zsh/_bgjob");
    }

    Path defaultBin() {
        return home.resolve(".local/bin");
    }

    /** @return {@code ~/…} where the path lies in the home directory, for lines in a shell's start-up file */
    String shown(Path path) {
        return path.startsWith(home) && !path.equals(home) ? "~/" + home.relativize(path) : path.toString();
    }

    /** @return the parents of a path that do not exist, the outermost first */
    static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path at = folder; at != null && !new File(at.toString()).exists(); at = at.getParent()) {
            missing.add(0, at);
        }
        return missing;
    }
}
