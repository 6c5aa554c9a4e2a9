package bgjob.install;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.HostileNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of what was installed. */
class InventoryTest {
    @TempDir
    Path dir;

    @Test
    void paths_of_any_name_come_back_as_they_were() {
        Inventory inventory = new Inventory();
        List<Path> files = new ArrayList<>();
        for (String name : HostileNames.directories()) {
            files.add(dir.resolve(name).resolve("bgjob"));
            inventory.add(files.get(files.size() - 1));
        }
        inventory.write(dir.resolve("installed"));

        Inventory read = Inventory.read(dir.resolve("installed"));

        assertEquals(files, List.copyOf(read.files()));
        assertEquals(inventory.folders(), read.folders());
    }

    @Test
    void only_folders_that_are_not_there_yet_are_noted_the_outermost_first() throws Exception {
        Files.createDirectory(dir.resolve("a"));
        Inventory inventory = new Inventory();
        inventory.add(dir.resolve("a/b/c/file"));
        assertEquals(List.of(dir.resolve("a/b"), dir.resolve("a/b/c")), inventory.folders());
    }

    @Test
    void garbage_is_passed_over() throws Exception {
        Files.writeString(dir.resolve("installed"), "file relative\nnonsense\nfile /a /b\n\u0000\nfile /kept\n");
        assertEquals(List.of(Path.of("/kept")), List.copyOf(Inventory.read(dir.resolve("installed")).files()));
        assertEquals(List.of(), List.copyOf(Inventory.read(dir.resolve("missing")).files()));
    }
}
