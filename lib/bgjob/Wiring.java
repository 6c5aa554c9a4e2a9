package bgjob;

import bgjob.backend.Backend;
import bgjob.backend.local.LocalBackend;
import bgjob.backend.slurm.SlurmBackend;
import bgjob.cli.Cli;
import bgjob.cli.Opener;
import bgjob.cli.Surroundings;
import bgjob.cli.Terminal;
import bgjob.core.Jobs;
import bgjob.core.SubmitOptions;
import bgjob.process.ProcessTable;
import bgjob.store.LogsDir;
import bgjob.store.Repository;
import java.io.File;
import java.io.IOException;
import java.util.AbstractList;
import java.util.Map;

/** Puts the house together; the only place that chooses concrete classes. */
public final class Wiring implements Opener {
    private static final String SHELL = "/bin/sh";
    /** The smallest leader, and its wait never loses a status; where it is missing, /bin/sh serves. */
    private static final String DASH = "/bin/dash";

    private final Map<String, String> environment = System.getenv();
    private final String cwd = new File("").getAbsolutePath();
    private final String user = System.getProperty("user.name", "unknown");

    /** @return the command line of this process */
    public Cli cli() {
        setRejectedArchiveAside();
        String tty = System.getProperty("bgjob.tty");
        boolean interactive = tty == null ? System.console() != null : tty.indexOf('1') >= 0;
        Terminal terminal = new Terminal(interactive, environment.get("NO_COLOR"));
        return new Cli(new Surroundings(this, terminal, environment, cwd, user, System.getProperty("bgjob.called", "bgjob")));
    }

    @Override
    public Jobs open(String dir) {
        String shell = environment.getOrDefault("BGJOB_SH", new File(DASH).canExecute() ? DASH : SHELL);
        Backend local = new LocalBackend(ProcessTable.ofThisMachine(), shell, environment);
        return new Jobs(directory(dir), new Backends(local), new SubmitOptions(shell, user));
    }

    /** The local one first; the others are made when a job asks for one, since most callers have none there. */
    private final class Backends extends AbstractList<Backend> {
        private final Backend local;
        private Backend slurm;

        Backends(Backend local) {
            this.local = local;
        }

        @Override
        public Backend get(int index) {
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

    private String directory(String option) {
        return canonical(spelled(option));
    }

    /** One directory has one name, however it was reached: processes are known by it. */
    private static String canonical(String path) {
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

    /** A start-up archive that the launcher gave and the JVM refused costs more than none; the next run does without. */
    private static void setRejectedArchiveAside() {
        String archive = System.getProperty("bgjob.archive");
        if (archive != null && !System.getProperty("java.vm.info", "sharing").contains("sharing")) {
            new File(archive).renameTo(new File(archive + ".failed"));
        }
    }
}
