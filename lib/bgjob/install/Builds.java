package bgjob.install;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The builds in an installation's folder: each in a folder of its own, as a running command may still load from an older one. */
final class Builds {
    private static final int KEPT = 3;
    private static final long KEPT_MILLIS = 60 * 60 * 1000L;

    private final Places places;

    Builds(Places places) {
        this.places = places;
    }

    /** @return the folder of a build of these files: the current one if it is the same, else a new one, whole */
    Path have(Map<String, byte[]> files) {
        String text = Disk.text(places.current());
        for (String name : names("app-")) {
            Path build = places.data().resolve(name);
            if (text != null && text.contains("/" + name + "/") && Parts.same(build, files)) {
                return build;
            }
        }
        for (String name : names("work.")) {
            Disk.remove(places.data().resolve(name)); // of an install that was killed
        }
        long pid = ProcessHandle.current().pid();
        Path work = places.data().resolve("work." + pid);
        files.forEach((name, bytes) -> Disk.write(work.resolve(name), bytes));
        Path build = places.data().resolve("app-" + System.currentTimeMillis() + "-" + pid);
        Disk.rename(work, build);
        return build;
    }

    /** Makes a build the current one: from here on each new call runs it. */
    void publish(Path build, Map<String, byte[]> files, Javas.Choice choice) {
        StringBuilder classPath = new StringBuilder();
        for (String jar : Parts.jars(files)) {
            classPath.append(classPath.length() == 0 ? "" : ":").append(build).append('/').append(jar);
        }
        StringBuilder spare = new StringBuilder();
        for (Java java : choice.spare()) {
            spare.append(spare.length() == 0 ? "" : ":").append(java.home());
        }
        String text = Parts.script("current.sh", "APP", build.toString(), "CLASS_PATH", classPath.toString(), "JAVA", choice.best().home().toString(),
                "SPARE", spare.toString());
        if (!text.equals(Disk.text(places.current()))) {
            Disk.write(places.current(), text, false);
        }
    }

    /** Removes old builds but the newest three and those of the last hour. */
    void prune(Path current) {
        String[] names = names("app-");
        Arrays.sort(names);
        for (int i = 0; i < names.length - KEPT; i++) {
            File build = places.data().resolve(names[i]).toFile();
            if (!build.toPath().equals(current) && System.currentTimeMillis() - build.lastModified() > KEPT_MILLIS) {
                Disk.remove(build.toPath());
            }
        }
    }

    private String[] names(String prefix) {
        String[] names = places.data().toFile().list((folder, name) -> name.startsWith(prefix));
        return names == null ? new String[0] : names;
    }
}
