package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The programs that bgjob is compared with, each with its state in a folder of the place's. */
final class Peers {
    /** What a job does that just has to be there. */
    static final String SLEEP = "100000";

    private static final int SECONDS = 60;
    private static final String[] PACKAGES = {"hyperfine", "task-spooler", "nq", "parallel", "supervisor"};

    private final Place place;
    private final Path pm2;

    Peers(Place place, Path pm2Folder) {
        this.place = place;
        this.pm2 = pm2Folder.resolve("node_modules/.bin/pm2");
    }

    /** Installs what is missing, by bench/setup. */
    static void install(Path checkout, Path pm2Folder) throws IOException, InterruptedException {
        new ProcessBuilder(checkout.resolve("bench/setup").toString(), pm2Folder.toString()).inheritIO()
                .redirectInput(Path.of("/dev/null").toFile()).start().waitFor(); // what it could not install is left out
    }

    boolean has(String program) {
        if (program.equals("pm2")) {
            return Files.isExecutable(pm2);
        }
        for (String folder : place.environment().get("PATH").split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    Map<String, String> versions() throws Exception {
        Map<String, String> versions = new TreeMap<>();
        Path folder = place.folder("versions");
        for (String name : PACKAGES) {
            String version = place.run(folder, "sh", "-c", "dpkg-query -W -f '${Version}' \"$0\" 2>/dev/null || echo not measured", name);
            versions.put(name, version.strip());
        }
        versions.put("pm2", has("pm2") ? place.run(folder, "sh", "-c", "node -p \"require('$0').version\"",
                pm2.resolveSibling("../pm2/package.json").normalize().toString()).strip() : "not measured");
        versions.put("Node.js", has("node") ? place.run(folder, "node", "--version").strip() : "none");
        return versions;
    }

    String pm2() {
        return pm2.toString();
    }

    /** @return the variables by which the peers find the state in that folder */
    static Map<String, String> state(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("nq"));
        return Map.of("TS_SOCKET", folder.resolve("tsp.socket").toString(), "PM2_HOME", folder.resolve("pm2").toString(),
                "NQDIR", folder.resolve("nq").toString(), "NO_COLOR", "1");
    }

    /** Starts a server with that many slots and that many jobs in them. */
    void startTaskSpooler(Path folder, Map<String, String> more, int slots, int jobs) throws Exception {
        place.run(folder, more, "tsp", "-S", Integer.toString(slots));
        for (int i = 0; i < jobs; i++) {
            place.run(folder, more, "tsp", "-n", "sleep", SLEEP);
        }
    }

    /** Starts the daemon with that many programs, and waits until all of them run. */
    void startPm2(Path folder, Map<String, String> more, int jobs) throws Exception {
        StringBuilder apps = new StringBuilder("{\"apps\":[");
        for (int i = 0; i < jobs; i++) {
            apps.append(i == 0 ? "" : ",").append("{\"name\":\"job").append(i).append("\",\"script\":\"/bin/sleep\",\"args\":\"").append(SLEEP)
                    .append("\",\"interpreter\":\"none\",\"exec_mode\":\"fork\",\"autorestart\":false}");
        }
        Path file = folder.resolve("apps.json");
        Files.writeString(file, apps.append("]}\n"));
        place.run(folder, more, pm2(), "start", file.toString());
    }

    /** Starts a supervisord with that many programs, one more to start by hand, and waits until all run. @return its configuration */
    Path startSupervisor(Path folder, Map<String, String> more, int jobs) throws Exception {
        StringBuilder text = new StringBuilder("[unix_http_server]\nfile=" + folder + "/supervisor.sock\n[supervisord]\nlogfile=" + folder
                + "/supervisord.log\npidfile=" + folder + "/supervisord.pid\nchildlogdir=" + folder + "\n[rpcinterface:supervisor]\n"
                + "supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface\n"
                + "[supervisorctl]\nserverurl=unix://" + folder + "/supervisor.sock\n");
        for (int i = 0; i < jobs; i++) {
            text.append("[program:job").append(i).append("]\ncommand=/bin/sleep ").append(SLEEP).append("\nstartsecs=0\n");
        }
        Path file = folder.resolve("supervisord.conf");
        Files.writeString(file, text.append("[program:once]\ncommand=/bin/true\nautostart=false\nautorestart=false\nstartsecs=0\n"));
        place.run(folder, more, "supervisord", "-c", file.toString());
        return file;
    }

    /** Waits until that many of the jobs run that the peer was told to start. */
    static void awaitJobs(String mark, int jobs) {
        Place.await(jobs + " jobs run", SECONDS, () -> Marked.all(mark).stream().filter(Peers::isJob).count() == jobs);
    }

    /** @return whether it is a job's own command, and nothing that looks after it */
    static boolean isJob(Marked process) {
        String[] words = process.words();
        return words.length == 2 && words[0].endsWith("sleep") && words[1].equals(SLEEP);
    }
}
