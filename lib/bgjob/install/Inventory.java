package bgjob.install;

import bgjob.job.ShellWords;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The file {@code installed}: what install has made outside of its own folder, so that uninstall finds it. */
final class Inventory {
    private final Set<Path> files = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    /** @return what the file tells; nothing without one */
    static Inventory read(Path list) {
        Inventory inventory = new Inventory();
        String text = Disk.text(list);
        for (String line : text == null ? new String[0] : text.split("\n")) {
            List<String> words = ShellWords.split(line);
            if (words.size() == 2 && words.get(1).startsWith("/")) {
                (words.get(0).equals("folder") ? inventory.folders : inventory.files).add(Path.of(words.get(1)));
            }
        }
        return inventory;
    }

    /** Notes a file that is about to be made, and the folders that will be made for it. */
    void add(Path file) {
        files.add(file);
        folders.addAll(Places.missing(file.getParent()));
    }

    void addFolder(Path folder) {
        folders.addAll(Places.missing(folder));
    }

    void addAll(Inventory other) {
        files.addAll(other.files);
        folders.addAll(other.folders);
    }

    void write(Path list) {
        StringBuilder text = new StringBuilder();
        for (Path folder : folders) {
            text.append(ShellWords.join(List.of("folder", folder.toString()))).append('\n');
        }
        for (Path file : files) {
            text.append(ShellWords.join(List.of("file", file.toString()))).append('\n');
        }
        Disk.write(list, text.toString(), false);
    }

    Set<Path> files() {
        return files;
    }

    /** The outermost first. */
    List<Path> folders() {
        return List.copyOf(folders);
    }
}
