///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Makes a folder and a server hold the same files: bgjob run sync -- jbang sync-external.java URL FOLDER
//JAVA 17+
//DEPS com.google.code.gson:gson:2.13.2
//SOURCES ../../lib/library.java
//SOURCES Peer.java

import bgjob.Worker;
import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Both ways. What changed on one side since the last sync goes to the other, a removal too. Where both changed:
 * a change outweighs a removal; of two changes the server's stays in place, and ours goes to {@code .conflicts/NAME.SHA}, where no sync
 * looks. {@code .synced.json} holds what both sides last had, by SHA-256, and is written after each file; so a sync that was killed is
 * simply run again, and one with nothing to do changes nothing.
 *
 * <p>The server: {@code GET files} answers names with SHA-256s, {@code files/NAME} knows GET, PUT and DELETE, and holds to
 * If-Match and If-None-Match, so that a change made there meanwhile is not lost: it counts as failed, and the next sync sees it.
 */
class SyncExternal {
    private static final String SYNCED = ".synced.json";
    /** In bytes: what is written beside a file, or kept of it, has a longer name. */
    private static final int LONGEST = 240;
    private static final TypeToken<TreeMap<String, String>> SUMS = new TypeToken<>() { };

    private final Gson gson = new Gson();
    private final Worker worker;
    private final Peer peer;
    private final Path folder;
    private TreeMap<String, String> synced = new TreeMap<>();
    private int changed;

    private SyncExternal(Worker worker) {
        this.worker = worker;
        this.peer = new Peer(worker, worker.argument(0, "server's address"));
        this.folder = Path.of(worker.argument(1, "folder"));
    }

    public static void main(String... args) {
        System.exit(Worker.run(args, worker -> new SyncExternal(worker).work()));
    }

    private void work() throws IOException {
        Files.createDirectories(folder);
        Path record = folder.resolve(SYNCED);
        if (Files.exists(record)) {
            synced = gson.fromJson(Files.readString(record), SUMS);
        }
        Map<String, String> theirs = gson.fromJson(new String(peer.must("GET", "files", null).body(), StandardCharsets.UTF_8), SUMS);
        TreeSet<String> names = new TreeSet<>(theirs.keySet());
        names.addAll(ours());
        names.addAll(synced.keySet());
        int done = 0;
        for (String name : names) {
            if (worker.stopping()) {
                break;
            }
            worker.progress(done++, names.size(), name);
            if (!name.matches("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*") || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                fail(name, "is no name for a file here");
                continue;
            }
            if (Files.isDirectory(folder.resolve(name))) {
                fail(name, "is a folder here, and only files are synced");
                continue;
            }
            String agreed = settle(name, sum(folder.resolve(name)), theirs.get(name), synced.get(name));
            String before = agreed == null ? synced.remove(name) : synced.put(name, agreed);
            if (!Objects.equals(agreed, before)) {
                Worker.replace(record, gson.toJson(synced));
            }
        }
        worker.progress(done, names.size(), null);
        worker.result(changed + " changed, " + (names.size() - changed) + " not");
    }

    /** @return what both sides have now; what they had, where that could not be settled */
    private String settle(String name, String ours, String theirs, String before) throws IOException {
        if (Objects.equals(ours, theirs)) {
            return ours;
        }
        boolean download = Objects.equals(ours, before) || theirs != null && !Objects.equals(theirs, before);
        changed++;
        return download ? download(name, ours, theirs, before) : upload(name, ours, theirs, before);
    }

    private String download(String name, String ours, String theirs, String before) throws IOException {
        Path file = folder.resolve(name);
        byte[] content = theirs == null ? null : peer.must("GET", address(name), null).body();
        if (!Objects.equals(ours, sum(file)) || theirs != null && !theirs.equals(sum(content))) {
            return fail(name, "changed meanwhile", before);
        }
        if (ours != null && !ours.equals(before)) {
            Path kept = Files.createDirectories(folder.resolve(".conflicts")).resolve(name + "." + ours.substring(0, 8));
            Worker.replace(kept, Files.readAllBytes(file));
            worker.log(name + ": both changed; ours is kept in " + kept);
        }
        if (content == null) {
            Files.deleteIfExists(file);
        } else {
            Worker.replace(file, content);
        }
        worker.log(name + (content == null ? ": removed here" : ": from the server"));
        return theirs;
    }

    private String upload(String name, String ours, String theirs, String before) throws IOException {
        byte[] content = ours == null ? null : Files.readAllBytes(folder.resolve(name));
        String sum = content == null ? null : sum(content);
        String[] only = theirs == null ? new String[] {"If-None-Match", "*"} : new String[] {"If-Match", '"' + theirs + '"'};
        int status = peer.send(content == null ? "DELETE" : "PUT", address(name), content, only).statusCode();
        if (status / 100 != 2) { // perhaps only the second time, and the answer to the first was lost
            HttpResponse<byte[]> there = peer.send("GET", address(name), null);
            if (!Objects.equals(sum, there.statusCode() == 404 ? null : sum(there.body()))) {
                return fail(name, status == 412 ? "changed meanwhile" : "HTTP " + status, before);
            }
        }
        worker.log(name + (content == null ? ": removed there" : ": to the server"));
        return sum;
    }

    private String fail(String name, String why, String before) {
        fail(name, why);
        changed--;
        return before;
    }

    private void fail(String name, String why) {
        worker.failed(name);
        worker.log(name + " " + why);
    }

    private TreeSet<String> ours() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).forEach(names::add);
        }
        return names;
    }

    private static String address(String name) {
        return "files/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String sum(Path file) throws IOException {
        return Files.exists(file) ? sum(Files.readAllBytes(file)) : null;
    }

    private static String sum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
