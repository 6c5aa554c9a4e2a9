package bgjob.process;

import java.io.File;
import java.util.List;

/** What runs on this machine. */
public interface ProcessTable {
    /** @return the process of that id, or null when there is none */
    ProcessEntry find(long pid);

    /** @return every process that can be seen */
    List<ProcessEntry> all();

    /** @return whether the process was started with exactly {@code NAME=value} in its environment; false where that cannot be read */
    boolean hasEnvironment(long pid, String assignment);

    /** @return whether the variable is in the environment the process was started with; false where that cannot be read */
    boolean hasVariable(long pid, String name);

    /** @return the command line, or the name in brackets where there is none; null when the process has gone */
    String command(long pid);

    /** @return what names this boot of the machine, or null where the system does not say */
    String bootId();

    /** @return what names the pid name space, or null where there are none */
    String pidNamespace();

    /** @return the machine's name */
    String host();

    /** @return seconds since boot by a clock that is never set, times 1000, or -1 where there is none */
    long uptimeMillis();

    /** @return the table of this machine: /proc where there is one, else ps(1) */
    static ProcessTable ofThisMachine() {
        return new File("/proc/self/stat").exists() ? new ProcTable("/proc") : new PsTable();
    }
}
