package bgjob.install;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes what {@link Installer} has made, and nothing else: no records, and no file that is somebody else's by now. */
public final class Uninstaller {
    private final Places places;

    /** @param environment the caller's */
    public Uninstaller(Map<String, String> environment) {
        this.places = Places.of(environment);
    }

    /**
     * What was removed.
     *
     * @param removed paths
     * @param left paths that stay, as they are not bgjob's, or not its alone
     */
    public record Removal(List<String> removed, List<String> left) {
    }

    /** @throws BgjobException when nothing is installed */
    public Removal uninstall() {
        Set<Path> files = new LinkedHashSet<>(Inventory.read(places.list()).files());
        for (Path file : usual()) {
            if (Installer.ours(file) && isOfThisInstallation(file)) {
                files.add(file);
            }
        }
        if (files.isEmpty() && !Disk.exists(places.data())) {
            throw BgjobException.notFound("nothing is installed: there is no installation in " + places.data()
                    + "; one made with another HOME or XDG_DATA_HOME is removed with that");
        }
        List<String> removed = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Disk.folder(places.data());
        FileChannel lock = Disk.lock(places.lock());
        try {
            Inventory inventory = Inventory.read(places.list());
            for (Path file : files) {
                if (!Disk.exists(file)) {
                    continue;
                }
                boolean ours = Installer.ours(file) && isOfThisInstallation(file);
                if (ours) {
                    Disk.remove(file);
                }
                (ours ? removed : left).add(file.toString());
            }
            String[] names = places.data().toFile().list((folder, name) -> name.startsWith("app-") || name.startsWith("work."));
            Disk.remove(places.current());
            for (String name : names == null ? new String[0] : names) {
                removeWhileWritten(places.data().resolve(name));
            }
            Disk.remove(places.zshCompletion());
            Disk.removeEmpty(places.zshCompletion().getParent());
            Disk.remove(places.list());
            Disk.remove(places.lock());
            (Disk.removeEmpty(places.data()) ? removed : left).add(places.data().toString());
            List<Path> folders = inventory.folders();
            for (int i = folders.size() - 1; i >= 0; i--) {
                Disk.removeEmpty(folders.get(i));
            }
            return new Removal(removed, left);
        } finally {
            close(lock);
        }
    }

    /** Where install puts files unless it is told otherwise: enough when its list has been lost. */
    private List<Path> usual() {
        List<Path> usual = new ArrayList<>(List.of(places.defaultBin().resolve("bgjob"), places.bashCompletions().resolve("bgjob"),
                places.fishCompletions().resolve("bgjob.fish")));
        for (String alias : Places.ALIASES.keySet()) {
            usual.addAll(List.of(places.defaultBin().resolve(alias), places.bashCompletions().resolve(alias),
                    places.fishCompletions().resolve(alias + ".fish")));
        }
        return usual;
    }

    /** A trainer in the background may add a file once more. */
    private static void removeWhileWritten(Path folder) {
        try {
            Disk.remove(folder);
        } catch (BgjobException e) {
            Disk.remove(folder);
        }
    }

    /** A command names its installation's folder; completions serve any. */
    private boolean isOfThisInstallation(Path file) {
        String text = Disk.text(file);
        return text == null || !text.contains("bgjob_home=") || text.contains("bgjob_home=" + ShellWords.quote(places.data().toString()) + " ");
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            // the lock ends with the process
        }
    }
}
