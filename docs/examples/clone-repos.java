///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Clones the repositories of a list: bgjob run clone-repos -- jbang clone-repos.java LIST FOLDER
//JAVA 17+
//SOURCES ../../lib/library.java

import bgjob.Worker;
import bgjob.job.BgjobException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The list has an address a line. What has a {@code .git} in the folder is skipped: a clone is made beside its place and renamed when it is
 * whole, and what a killed one left begins from scratch. {@code USER:TOKEN@} in an address goes to git through the environment, so it gets
 * into no log, no list of processes and no {@code .git/config}.
 */
class CloneRepos {
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final Worker worker;
    private final Path folder;
    private final List<String> failed = new ArrayList<>();
    private int cloned;

    private CloneRepos(Worker worker) {
        this.worker = worker;
        this.folder = Path.of(worker.argument(1, "folder"));
    }

    public static void main(String... args) {
        System.exit(Worker.run(args, worker -> new CloneRepos(worker).work()));
    }

    private void work() throws IOException, InterruptedException {
        List<String> list = Files.readAllLines(Path.of(worker.argument(0, "list"))).stream().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#")).toList();
        Files.createDirectories(folder);
        int next = remembered();
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < list.size() && !worker.stopping(); i++) {
            String name = name(list.get(i));
            String other = name == null ? null : places.putIfAbsent(name, list.get(i));
            if (i < next) {
                continue; // done by an earlier attempt
            }
            String shown = name == null ? "address " + (i + 1) : name;
            worker.progress(i, list.size(), shown);
            if (name == null) {
                fail(shown, "no folder can have the name at its end, or an @ stands behind its first /; in a token, write %2F for /");
            } else if (other != null && !other.equals(list.get(i))) {
                fail("address " + (i + 1), "its folder would be " + name + ", which is that of another address");
            } else if (Files.exists(folder.resolve(name).resolve(".git"))) {
                worker.log(name + ": is there");
            } else if (!clone(name, list.get(i))) {
                break;
            }
            remember(i + 1);
            next = i + 1;
        }
        worker.progress(next, list.size(), null);
        String sum = cloned + " cloned, " + failed.size() + " failed" + (failed.isEmpty() ? "" : ": " + String.join(", ", failed));
        worker.result(sum);
        worker.log(next + "/" + list.size() + ": " + sum);
        if (next == list.size() && !failed.isEmpty()) {
            failed.clear();
            remember(0); // resume looks at all of them again
            throw BgjobException.failed(sum + "; try these again: bgjob resume " + worker.id());
        }
    }

    /** @return whether to go on: false when the job was told to end, and so was git */
    private boolean clone(String name, String address) throws IOException, InterruptedException {
        Path part = folder.resolve("." + name + ".part");
        remove(part);
        String why = Files.exists(folder.resolve(name)) ? "something else is in its place" : git(address, part);
        if (why == null) {
            Files.move(part, folder.resolve(name));
            cloned++;
            worker.log(name + ": cloned");
        } else {
            remove(part);
        }
        boolean on = worker.sleep(BETWEEN); // for the server's sake; and git may have heard of the end before us
        if (why != null && on) {
            fail(name, why);
        }
        return on || why == null;
    }

    private void fail(String name, String why) {
        failed.add(name);
        worker.failed(name);
        worker.log(name + ": " + why);
    }

    /** @return what git complained of, or null */
    private String git(String address, Path to) throws IOException, InterruptedException {
        String plain = address;
        ProcessBuilder git = new ProcessBuilder();
        Map<String, String> environment = git.environment();
        environment.put("GIT_TERMINAL_PROMPT", "0");
        int from = address.indexOf("://") + 3;
        int at = from < 3 ? -1 : address.lastIndexOf('@', address.indexOf('/', from));
        String user = at < 0 ? "" : address.substring(from, at);
        boolean http = http(address);
        if (at > 0 && (http || user.contains(":"))) {
            plain = address.substring(0, from) + (http ? "" : user.substring(0, user.indexOf(':') + 1).replace(':', '@')) + address.substring(at + 1);
            String known = decoded(user);
            String pair = known.contains(":") ? known : known + ":";
            String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            for (String secret : Arrays.asList(user, user.substring(user.indexOf(':') + 1), known, known.substring(known.indexOf(':') + 1), basic)) {
                worker.secret(secret);
            }
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "http." + plain.substring(0, plain.indexOf('/', from) + 1) + ".extraHeader");
            environment.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic);
        }
        Process process = git.command("git", "clone", "--quiet", "--", plain, to.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        return exit == 0 ? null : said.isEmpty() ? "git ended with " + exit : said;
    }

    private static boolean http(String address) {
        return address.matches("(?i)https?://.*");
    }

    private static String decoded(String user) {
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return user; // its % stand for themselves
        }
    }

    private int remembered() {
        String[] saved = (worker.saved("next") == null ? "0" : worker.saved("next")).split("\n");
        for (String name : Arrays.asList(saved).subList(1, saved.length)) {
            failed.add(name);
            worker.failed(name);
        }
        return Integer.parseInt(saved[0]);
    }

    private void remember(int next) {
        worker.save("next", failed.isEmpty() ? "" + next : next + "\n" + String.join("\n", failed));
    }

    /** @return the name of its folder, or null when there is none; never a part of a token */
    private static String name(String address) {
        String path = address.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
        int from = path.indexOf("://") + 3;
        if (from >= 3) {
            int slash = path.indexOf('/', from);
            if (slash < 0 || http(address) && path.indexOf('@', slash) > 0) {
                return null;
            }
        }
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
        return name.matches("\\w[\\w.-]*") ? name : null;
    }

    private static void remove(Path tree) throws IOException {
        if (Files.exists(tree)) {
            try (Stream<Path> all = Files.walk(tree)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
