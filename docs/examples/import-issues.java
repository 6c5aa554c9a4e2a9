///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Imports issues from a server into Markdown files: bgjob run import-issues -- jbang import-issues.java URL FOLDER
//JAVA 17+
//DEPS com.google.code.gson:gson:2.13.2
//SOURCES ../../lib/library.java
//SOURCES Peer.java

import bgjob.Worker;
import bgjob.job.BgjobException;
import com.google.gson.Gson;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Asks for the issues behind the last one imported, a page at a time, in the order of their numbers: {@code GET issues?after=N&limit=100}
 * answers a JSON array, an empty one at the end, and X-Total-Count. Each issue becomes {@code FOLDER/PROJECT/NUMBER.md}.
 *
 * <p>The file first, then the checkpoint: killed between the two, the next attempt writes the same file again. So nothing is lost, and
 * nothing is there twice.
 */
class ImportIssues {
    private static final int PAGE = 100;

    /** An issue as the server tells it. */
    static final class Issue {
        long number;
        String project;
        String title;
        String state;
        String body;
    }

    public static void main(String... args) {
        System.exit(Worker.run(args, ImportIssues::work));
    }

    static void work(Worker worker) throws IOException {
        Peer peer = new Peer(worker, worker.argument(0, "server's address"));
        Path folder = Path.of(worker.argument(1, "folder"));
        String[] saved = (worker.saved("at") == null ? "0 0" : worker.saved("at")).split(" ");
        long last = Long.parseLong(saved[0]);
        long done = Long.parseLong(saved[1]);
        worker.log(done == 0 ? "importing" : "going on behind issue " + last);
        while (!worker.stopping()) {
            HttpResponse<byte[]> page = peer.must("GET", "issues?after=" + last + "&limit=" + PAGE, null);
            Issue[] issues = new Gson().fromJson(new String(page.body(), StandardCharsets.UTF_8), Issue[].class);
            long total = page.headers().firstValueAsLong("X-Total-Count").orElse(-1);
            worker.progress(done, Math.max(done, total), null);
            if (issues.length == 0) {
                worker.result(done + " issues");
                return;
            }
            for (int i = 0; i < issues.length && !worker.stopping(); i++) {
                if (issues[i].number <= last) {
                    throw BgjobException.failed("the server answers issue " + issues[i].number + " when asked for those behind " + last);
                }
                write(folder, issues[i]);
                last = issues[i].number;
                done++;
                worker.save("at", last + " " + done);
                worker.progress(done, Math.max(done, total), issues[i].project + "/" + last);
            }
        }
        worker.log("told to end; " + done + " issues are there");
    }

    /** A project is a folder's name; what else the server calls so must lead nowhere else. */
    private static void write(Path folder, Issue issue) throws IOException {
        if (issue.project == null || !issue.project.matches("\\w[\\w.-]*")) {
            throw BgjobException.failed("issue " + issue.number + " has a project that is no folder's name: " + issue.project);
        }
        Path project = Files.createDirectories(folder.resolve(issue.project));
        Worker.replace(project.resolve(issue.number + ".md"), "# " + issue.title + "\n\nState: " + issue.state + "\n\n" + issue.body + "\n");
    }
}
