package bgjob.install;

import bgjob.process.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The start-up archive of a build; lib/launch/train.sh makes it. */
final class Archive {
    private Archive() {
    }

    /** Has it made for one Java, at the place where it will be used, as it holds the jars' paths. @return how that went */
    static String train(Path build, Java java, Map<String, String> environment, Consumer<String> progress) {
        Path archive = build.resolve(java.archive());
        if (Files.isReadable(archive)) {
            return "there already";
        }
        if ("off".equals(environment.get("BGJOB_TRAIN"))) {
            return "none, as BGJOB_TRAIN=off asks";
        }
        progress.accept("making the start-up archive for this Java (once, some seconds) …");
        Path failed = archive.resolveSibling(archive.getFileName() + ".failed");
        failed.toFile().delete();
        Commands.run(List.of("/bin/sh", build.resolve("launch/train.sh").toString(), java.home().toString(), build.toString(), archive.toString()));
        if (Files.isReadable(archive)) {
            return "made";
        }
        return Files.exists(failed) ? "could not be made, so each start takes longer" : "being made in the background, as a command has begun with it";
    }
}
