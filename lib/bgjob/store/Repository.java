package bgjob.store;

import bgjob.job.GitInfo;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
        for (File dir = new File(cwd); dir != null; dir = dir.getParentFile()) {
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
            return new GitInfo(head, null, null);
        }
        String ref = head.substring(5);
        if (ref.equals("refs/heads/.invalid")) {
            return new GitInfo(null, null, null); // references in a table (git 2.45), which only git itself reads
        }
        String branch = ref.startsWith("refs/heads/") ? ref.substring(11) : ref;
        String common = firstLine(gitDir + "/commondir");
        String shared = common == null ? gitDir : resolve(gitDir, common);
        String sha = firstLine(gitDir + "/" + ref);
        if (sha == null && common != null) {
            sha = firstLine(shared + "/" + ref);
        }
        return new GitInfo(sha == null ? packed(shared, ref) : sha, branch, null);
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
