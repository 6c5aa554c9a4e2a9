package bgjob.install;

import bgjob.job.BgjobException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes a command of this program that needs neither the checkout nor JBang (docs/installing.md). What is in use is never
 * changed: a new build lies in a folder of its own, and one rename makes it the current one.
 */
public final class Installer {
    private final Map<String, String> environment;
    private final String classPath;
    private final String running;
    private final Places places;

    /**
     * @param environment the caller's
     * @param classPath the jars that this program runs from
     * @param running the home of the Java that runs it
     */
    public Installer(Map<String, String> environment, String classPath, String running) {
        this.environment = environment;
        this.classPath = classPath;
        this.running = running;
        this.places = Places.of(environment);
    }

    /**
     * Installs, or installs anew.
     *
     * @param bin where the command goes, absolute, or null for {@code ~/.local/bin}
     * @param aliases whether the runbook's short commands are wanted too
     * @param progress is told, in a sentence, what takes a while
     */
    public Receipt install(String bin, boolean aliases, Consumer<String> progress) {
        Path folder = (bin == null ? places.defaultBin() : Path.of(bin)).normalize();
        if (places.data().toString().indexOf(':') >= 0) {
            throw BgjobException.failed("cannot install into " + places.data() + ": a colon would split Java's class path; set XDG_DATA_HOME to another place");
        }
        Map<Path, String> commands = commands(folder, aliases);
        commands.keySet().forEach(Installer::refuseForeign);
        Map<String, byte[]> files = Parts.files(classPath);
        Javas.Choice choice = Javas.choose(environment, places.home(), running);

        Inventory before = new Inventory();
        before.addFolder(places.data());
        Disk.folder(places.data());
        FileChannel lock = Disk.lock(places.lock());
        try {
            Inventory inventory = Inventory.read(places.list());
            inventory.addAll(before);
            List<String> skipped = new ArrayList<>();
            Map<Path, String> completions = completions(aliases, skipped);
            commands.keySet().forEach(inventory::add);
            completions.keySet().forEach(inventory::add);
            inventory.write(places.list());

            Builds builds = new Builds(places);
            Path build = builds.have(files);
            String archive = Archive.train(build, choice.best(), environment, progress);
            Disk.folder(places.zshCompletion().getParent());
            Disk.write(places.zshCompletion(), Parts.resource("bgjob.zsh"), false);
            builds.publish(build, files, choice);
            completions.forEach((file, text) -> put(file, text, false));
            commands.forEach((file, text) -> put(file, text, true));
            builds.prune(build);
            return new Receipt(folder.resolve("bgjob").toString(), aliases ? List.copyOf(Places.ALIASES.keySet()) : List.of(), choice.best().toString(),
                    choice.why(), archive, skipped, notes(folder));
        } finally {
            close(lock);
        }
    }

    private Map<Path, String> commands(Path bin, boolean aliases) {
        Map<Path, String> commands = new TreeMap<>();
        String data = places.data().toString();
        commands.put(bin.resolve("bgjob"), Parts.script("command.sh", "DATA", data));
        if (aliases) {
            Places.ALIASES.forEach((name, verb) -> commands.put(bin.resolve(name),
                    Parts.script("alias.sh", "DATA", data, "COMMAND", bin.resolve("bgjob").toString(), "VERB", verb)));
        }
        return commands;
    }

    private Map<Path, String> completions(boolean aliases, List<String> skipped) {
        Map<Path, String> completions = new TreeMap<>();
        completions.put(places.bashCompletions().resolve("bgjob"), Parts.resource("bgjob.bash"));
        completions.put(places.fishCompletions().resolve("bgjob.fish"), Parts.resource("bgjob.fish"));
        if (aliases) {
            Places.ALIASES.forEach((name, verb) -> {
                completions.put(places.bashCompletions().resolve(name), Parts.resource("bgjob.bash"));
                completions.put(places.fishCompletions().resolve(name + ".fish"), Parts.script("alias.fish", "NAME", name, "VERB", verb));
            });
        }
        completions.keySet().removeIf(file -> {
            boolean foreign = Disk.exists(file) && !ours(file);
            if (foreign) {
                skipped.add(file.toString());
            }
            return foreign;
        });
        return completions;
    }

    static boolean ours(Path file) {
        String text = Disk.text(file);
        return text != null && text.contains(Places.MARK);
    }

    private static void refuseForeign(Path command) {
        if (Disk.exists(command) && !ours(command)) {
            throw BgjobException.failed(command + " is " + Disk.kind(command) + ", which bgjob did not install; remove or rename it, or choose another"
                    + " directory by --bin-dir");
        }
    }

    private static void put(Path file, String text, boolean executable) {
        if (!text.equals(Disk.text(file))) {
            Disk.folder(file.getParent());
            Disk.write(file, text, executable);
        }
    }

    /** What the user has to do, or should know. */
    private List<String> notes(Path bin) {
        List<String> notes = new ArrayList<>();
        String shell = new File(environment.getOrDefault("SHELL", "sh")).getName();
        Path ours = Javas.real(bin.toFile()).resolve("bgjob");
        Path first = null;
        boolean reached = false;
        for (String entry : environment.getOrDefault("PATH", "").split(":")) {
            Path command = Javas.real(new File(entry.isEmpty() ? "." : entry)).resolve("bgjob");
            reached |= command.equals(ours);
            if (first == null && command.toFile().canExecute()) {
                first = command;
            }
        }
        if (!reached) {
            notes.add(Advice.path(shell, places.shown(bin)));
        } else if (first != null && !first.equals(ours)) {
            notes.add("'bgjob' on your PATH is " + first + ", which comes first; remove that, or put " + places.shown(bin) + " before it.");
        }
        if (shell.equals("zsh") && !String.valueOf(Disk.text(places.home().resolve(".zshrc"))).contains(places.shown(places.zshCompletion().getParent()))) {
            notes.add(Advice.zsh(places.shown(places.zshCompletion().getParent())));
        }
        if (!Parts.archivable()) {
            notes.add("This copy starts slower than it could, as JBang's picocli is of a form that the start-up archive does not take;"
                    + " './bgjob install' in a checkout makes a faster one.");
        }
        return notes;
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // the lock ends with the process
        }
    }
}
