///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Writes lib/bgjob/cli/Models.java anew; run it after changing a verb's options
//JAVA 17+
//JAVAC_OPTIONS -parameters
//SOURCES ModelGenerator.java
//SOURCES ../../bgjob.java

package models;

import java.nio.file.Path;
import java.util.List;

/** Run in the checkout: {@code ./jbang tests/models/GenerateModels.java}. */
public class GenerateModels {
    /** Every verb's class. */
    public static final List<String> VERBS = List.of("RunCommand", "FollowCommand", "LogsCommand", "StatusCommand", "StopCommand",
            "ListCommand", "LatestCommand", "WaitCommand", "PauseCommand", "ResumeCommand", "QueueCommand", "RerunCommand", "ResultCommand",
            "StatsCommand", "DiffCommand", "PruneCommand", "WebCommand", "DoctorCommand", "BatchCommand",
            "InstallCommand", "UninstallCommand", "CompletionCommand");

    public static void main(String[] args) throws Exception {
        ModelGenerator.write(Path.of(args.length > 0 ? args[0] : "."), VERBS);
    }
}
