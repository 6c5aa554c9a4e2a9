package bgjob;

import bgjob.backend.Backend;
import bgjob.backend.local.LocalBackend;
import bgjob.backend.slurm.SlurmBackend;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.process.ProcessTable;
import bgjob.store.LogsDir;
import bgjob.store.Repository;
import java.io.File;
import java.io.IOException;
import java.util.AbstractList;
import java.util.Map;

/** Puts the use cases together for whoever opens a directory, the command line or a program. */
final class Composition {
    private static final String SHELL = "/bin/sh";
    /** The smallest leader, and its wait never loses a status; where it is missing, /bin/sh serves. */
    private static final String DASH = "/bin/dash";

    private final Map<String, String> environment = System.getenv();
    private final String cwd = new File("").getAbsolutePath();
    private final String user = System.getProperty("user.name", "unknown");

    /**
     * @param directory as {@link #directory} gives it
     * @return the jobs under it; any number of threads may share them: what is remembered is what backends were told, and they guard that
     */
    Jobs open(String directory) {
        String shell = environment.getOrDefault("BGJOB_SH", new File(DASH).canExecute() ? DASH : SHELL);
        Backend local = new LocalBackend(ProcessTable.ofThisMachine(), shell, environment);
        return new Jobs(directory, new Backends(local), new SubmitOptions(shell, user));
    }

    /** The local one first; the others are made when a job asks for one, since most callers have none there. */
    private final class Backends extends AbstractList<Backend> {
        private final Backend local;
        private Backend slurm;

        Backends(Backend local) {
            this.local = local;
        }

        @Override
        public synchronized Backend get(int index) { // one for all threads: it remembers what the scheduler said
            if (index > 0 && slurm == null) {
                slurm = new SlurmBackend(environment);
            }
            return index == 0 ? local : slurm;
        }

        @Override
        public int size() {
            return 2;
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    String cwd() {
        return cwd;
    }

    String user() {
        return user;
    }

    /**
     * @param option a {@code .logs} directory, or null for the one that the environment or the current directory says
     * @return it, by the one name that it has however it was reached: processes are known by it
     */
    String directory(String option) {
        String path = spelled(option);
        try {
            return new File(path).getCanonicalPath();
        } catch (IOException e) {
            return path;
        }
    }

    private String spelled(String option) {
        String given = option == null ? environment.get("BGJOB_DIR") : option;
        if (given != null && !given.isEmpty()) {
            return given.startsWith("/") ? given : cwd + "/" + given;
        }
        Repository repository = Repository.around(cwd);
        String root = repository == null ? cwd : repository.root();
        return root.equals("/") ? "/" + LogsDir.NAME : root + "/" + LogsDir.NAME;
    }
}
