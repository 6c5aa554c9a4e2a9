package bgjob.store;

import bgjob.job.GitInfo;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A git work tree, read from git's files: starting git costs more than all the rest of {@code run}. gitrepository-layout(5),
 * gitformat-index; a linked worktree and a submodule have a {@code .git} file that names the real directory.
 */
public final class Repository {
    private final String root;
    private final String gitDir;

    private Repository(String root, String gitDir) {
        this.root = root;
        this.gitDir = gitDir;
    }

    /** @return the work tree that {@code cwd} (absolute) lies in, the innermost, or null outside of any */
    public static Repository around(String cwd) {
        for (File dir = Path.of(cwd).normalize().toFile(); dir != null; dir = dir.getParentFile()) {
            String path = dir.getPath();
            String git = path.equals("/") ? "/.git" : path + "/.git";
            File file = new File(git);
            if (file.isDirectory()) {
                if (new File(git + "/HEAD").exists()) {
                    return new Repository(path, git);
                }
            } else if (file.isFile()) {
                String line = firstLine(git);
                if (line != null && line.startsWith("gitdir: ")) {
                    return new Repository(path, resolve(path, line.substring(8)));
                }
            }
        }
        return null;
    }

    /** @return the work tree's root, absolute */
    public String root() {
        return root;
    }

    /** @return commit and branch of HEAD; {@code dirty} is null, since only git itself can say */
    public GitInfo head() {
        String head = firstLine(gitDir + "/HEAD");
        if (head == null || !head.startsWith("ref: ")) {
            return new GitInfo(isSha(head) ? head : null, null, null);
        }
        String ref = head.substring(5);
        // .invalid stands for references in a table (git 2.45), which only git itself reads
        if (!ref.startsWith("refs/") || ref.contains("..") || ref.equals("refs/heads/.invalid")) {
            return new GitInfo(null, null, null);
        }
        String branch = ref.startsWith("refs/heads/") ? ref.substring(11) : ref;
        String common = firstLine(gitDir + "/commondir");
        String shared = common == null ? gitDir : resolve(gitDir, common);
        String sha = firstLine(gitDir + "/" + ref);
        if (sha == null && common != null) {
            sha = firstLine(shared + "/" + ref);
        }
        sha = sha == null ? packed(shared, ref) : sha;
        return new GitInfo(isSha(sha) ? sha : null, branch, null);
    }

    /** SHA-1 or SHA-256, in hexadecimal. */
    private static boolean isSha(String text) {
        if (text == null || text.length() != 40 && text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String packed(String gitDir, String ref) {
        byte[] bytes = bytes(gitDir + "/packed-refs");
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int at = text.indexOf(" " + ref + "\n");
        return at < 40 ? null : text.substring(text.lastIndexOf('\n', at) + 1, at);
    }

    private static String resolve(String base, String path) {
        return path.startsWith("/") ? path : base + "/" + path;
    }

    private static String firstLine(String path) {
        byte[] bytes = bytes(path);
        if (bytes == null) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        return line.isEmpty() ? null : line;
    }

    private static byte[] bytes(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }
}
