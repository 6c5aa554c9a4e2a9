package bgjob.install;

import bgjob.process.Commands;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The start-up archives of a build (docs/decisions/0016-two-archives.md); lib/launch/train.sh makes them. */
final class Archive {
    private static final String[] GROUPS = {"-hot.jsa", "-all.jsa"};

    private Archive() {
    }

    /** Has them made for one Java, at the place where they will be used, as they hold the jars' paths. @return how that went */
    static String train(Path build, Java java, Map<String, String> environment, Consumer<String> progress) {
        String name = build.resolve(java.archives()).toString();
        if (all(name, "")) {
            return "there already";
        }
        if ("off".equals(environment.get("BGJOB_TRAIN"))) {
            return "none, as BGJOB_TRAIN=off asks";
        }
        progress.accept("making the start-up archives for this Java (once, some seconds) …");
        for (String group : GROUPS) {
            new File(name + group + ".failed").delete();
        }
        Commands.run(List.of("/bin/sh", build.resolve("launch/train.sh").toString(), java.home().toString(), build.toString(), name));
        if (all(name, "")) {
            return "made";
        }
        return all(name, ".failed") ? "could not be made, so each start takes longer" : "being made in the background, as a command has begun with it";
    }

    private static boolean all(String name, String suffix) {
        for (String group : GROUPS) {
            if (!new File(name + group + suffix).canRead()) {
                return false;
            }
        }
        return true;
    }
}
