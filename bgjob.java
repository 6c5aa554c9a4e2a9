///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Runs commands in the background and never loses track of them
//JAVA 17+
//MAIN bgjob
//JAVAC_OPTIONS --release 17 -encoding UTF-8 -XDstringConcat=inline
//RUNTIME_OPTIONS -XX:-MaxFDLimit
//DEPS info.picocli:picocli:4.7.7
//DEPS org.apache.commons:commons-exec:1.5.0
//DEPS commons-io:commons-io:2.20.0
//DEPS com.google.code.gson:gson:2.13.2
//DEPS org.jline:jline-terminal:3.30.6
//FILES bgjob/script/job.sh=lib/bgjob/script/job.sh
//FILES bgjob/install/alias.fish=lib/bgjob/install/alias.fish
//FILES bgjob/install/alias.sh=lib/bgjob/install/alias.sh
//FILES bgjob/install/bgjob.bash=lib/bgjob/install/bgjob.bash
//FILES bgjob/install/bgjob.fish=lib/bgjob/install/bgjob.fish
//FILES bgjob/install/bgjob.zsh=lib/bgjob/install/bgjob.zsh
//FILES bgjob/install/command.sh=lib/bgjob/install/command.sh
//FILES bgjob/install/current.sh=lib/bgjob/install/current.sh
//FILES bgjob/launch/locale.sh=lib/launch/locale.sh
//FILES bgjob/launch/lock.sh=lib/launch/lock.sh
//FILES bgjob/launch/start.sh=lib/launch/start.sh
//FILES bgjob/launch/train.sh=lib/launch/train.sh

//SOURCES lib/bgjob/Training.java
//SOURCES lib/bgjob/Wiring.java
//SOURCES lib/bgjob/job/BgjobException.java
//SOURCES lib/bgjob/job/Durations.java
//SOURCES lib/bgjob/job/ExitStatus.java
//SOURCES lib/bgjob/job/Facts.java
//SOURCES lib/bgjob/job/GitInfo.java
//SOURCES lib/bgjob/job/Job.java
//SOURCES lib/bgjob/job/JobFiles.java
//SOURCES lib/bgjob/job/JobId.java
//SOURCES lib/bgjob/job/JobSpec.java
//SOURCES lib/bgjob/job/JobState.java
//SOURCES lib/bgjob/job/JobTimes.java
//SOURCES lib/bgjob/job/Kind.java
//SOURCES lib/bgjob/job/LocalOffset.java
//SOURCES lib/bgjob/job/Progress.java
//SOURCES lib/bgjob/job/Redaction.java
//SOURCES lib/bgjob/job/Rfc3339.java
//SOURCES lib/bgjob/job/ShellWords.java
//SOURCES lib/bgjob/job/SignalName.java
//SOURCES lib/bgjob/job/Suggestion.java
//SOURCES lib/bgjob/job/Survivor.java
//SOURCES lib/bgjob/job/Uptime.java
//SOURCES lib/bgjob/process/Commands.java
//SOURCES lib/bgjob/process/ProcTable.java
//SOURCES lib/bgjob/process/ProcessEntry.java
//SOURCES lib/bgjob/process/ProcessTable.java
//SOURCES lib/bgjob/process/PsTable.java
//SOURCES lib/bgjob/process/Signals.java
//SOURCES lib/bgjob/script/JobScript.java
//SOURCES lib/bgjob/store/AtomicFile.java
//SOURCES lib/bgjob/store/Checksum.java
//SOURCES lib/bgjob/store/Failure.java
//SOURCES lib/bgjob/store/IdIndex.java
//SOURCES lib/bgjob/store/IdPages.java
//SOURCES lib/bgjob/store/IndexLock.java
//SOURCES lib/bgjob/store/JobIds.java
//SOURCES lib/bgjob/store/JobStore.java
//SOURCES lib/bgjob/store/LogsDir.java
//SOURCES lib/bgjob/store/MetaFile.java
//SOURCES lib/bgjob/store/Repository.java
//SOURCES lib/bgjob/store/Scan.java
//SOURCES lib/bgjob/log/LineGrep.java
//SOURCES lib/bgjob/log/LogFile.java
//SOURCES lib/bgjob/log/LogFollower.java
//SOURCES lib/bgjob/log/LogSink.java
//SOURCES lib/bgjob/progress/Counters.java
//SOURCES lib/bgjob/progress/Found.java
//SOURCES lib/bgjob/progress/History.java
//SOURCES lib/bgjob/progress/LogProgress.java
//SOURCES lib/bgjob/progress/Pace.java
//SOURCES lib/bgjob/progress/ProgressFile.java
//SOURCES lib/bgjob/progress/Surveyor.java
//SOURCES lib/bgjob/progress/TailLines.java
//SOURCES lib/bgjob/progress/Text.java
//SOURCES lib/bgjob/progress/Transfers.java
//SOURCES lib/bgjob/backend/Backend.java
//SOURCES lib/bgjob/backend/BackendRef.java
//SOURCES lib/bgjob/backend/Observation.java
//SOURCES lib/bgjob/backend/local/Leader.java
//SOURCES lib/bgjob/backend/local/LocalBackend.java
//SOURCES lib/bgjob/backend/local/Members.java
//SOURCES lib/bgjob/core/Inspector.java
//SOURCES lib/bgjob/core/JobFilter.java
//SOURCES lib/bgjob/core/JobProgress.java
//SOURCES lib/bgjob/core/Jobs.java
//SOURCES lib/bgjob/core/Pause.java
//SOURCES lib/bgjob/core/Resolver.java
//SOURCES lib/bgjob/core/ShellCommand.java
//SOURCES lib/bgjob/core/Started.java
//SOURCES lib/bgjob/core/StateRule.java
//SOURCES lib/bgjob/core/StopReceipt.java
//SOURCES lib/bgjob/core/StopRequest.java
//SOURCES lib/bgjob/core/Stopper.java
//SOURCES lib/bgjob/core/Submission.java
//SOURCES lib/bgjob/core/SubmitOptions.java
//SOURCES lib/bgjob/install/Advice.java
//SOURCES lib/bgjob/install/Archive.java
//SOURCES lib/bgjob/install/Builds.java
//SOURCES lib/bgjob/install/Completions.java
//SOURCES lib/bgjob/install/Disk.java
//SOURCES lib/bgjob/install/Installer.java
//SOURCES lib/bgjob/install/Inventory.java
//SOURCES lib/bgjob/install/Java.java
//SOURCES lib/bgjob/install/Javas.java
//SOURCES lib/bgjob/install/Parts.java
//SOURCES lib/bgjob/install/Places.java
//SOURCES lib/bgjob/install/Receipt.java
//SOURCES lib/bgjob/install/Uninstaller.java
//SOURCES lib/bgjob/cli/Call.java
//SOURCES lib/bgjob/cli/Cli.java
//SOURCES lib/bgjob/cli/CompletionCommand.java
//SOURCES lib/bgjob/cli/ExitCode.java
//SOURCES lib/bgjob/cli/FollowCommand.java
//SOURCES lib/bgjob/cli/HumanOutput.java
//SOURCES lib/bgjob/cli/InstallCommand.java
//SOURCES lib/bgjob/cli/JsonChunks.java
//SOURCES lib/bgjob/cli/JsonOutput.java
//SOURCES lib/bgjob/cli/LatestCommand.java
//SOURCES lib/bgjob/cli/ListCommand.java
//SOURCES lib/bgjob/cli/ListWatch.java
//SOURCES lib/bgjob/cli/LogShow.java
//SOURCES lib/bgjob/cli/LogsCommand.java
//SOURCES lib/bgjob/cli/Models.java
//SOURCES lib/bgjob/cli/Opener.java
//SOURCES lib/bgjob/cli/Output.java
//SOURCES lib/bgjob/cli/ProgressShow.java
//SOURCES lib/bgjob/cli/ProgressText.java
//SOURCES lib/bgjob/cli/RootCommand.java
//SOURCES lib/bgjob/cli/RunCommand.java
//SOURCES lib/bgjob/cli/Screen.java
//SOURCES lib/bgjob/cli/StatusCommand.java
//SOURCES lib/bgjob/cli/StopCommand.java
//SOURCES lib/bgjob/cli/Surroundings.java
//SOURCES lib/bgjob/cli/Terminal.java
//SOURCES lib/bgjob/cli/UninstallCommand.java
//SOURCES lib/bgjob/cli/Verb.java
//SOURCES lib/bgjob/cli/Version.java
//SOURCES lib/bgjob/cli/WaitCommand.java

import bgjob.Wiring;

/** The front door: the table of contents above, and one exit. */
public class bgjob {
    public static void main(String[] args) {
        int status = new Wiring().cli().run(args);
        if (status != 0) {
            Runtime.getRuntime().halt(status); // System.exit asks for a logger first, 10 ms on JDK 21 and later
        }
    }
}
