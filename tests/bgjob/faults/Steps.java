package bgjob.faults;

import bgjob.support.JobHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code steps.py} has seen of one program, and done to it. */
record Steps(List<String> lines) {
    private static final String WATCHER = JobHome.CHECKOUT.resolve("tests/bgjob/faults/steps.py").toString();

    /** One step, and what lives at that moment. */
    record Moment(String step, boolean starts, boolean leads, boolean runs, boolean ended) {
        private static final List<String> FILES = List.of("open", "write", "rename", "mkdir", "rmdir", "mknod", "unlink", "utimensat", "truncate", "link");

        String role() {
            return step.substring(0, step.indexOf(' '));
        }

        /** @return whether a file or folder is touched, so that a full disk could be in the way */
        boolean touches() {
            return step.contains(" .logs") && FILES.stream().anyMatch(step::contains);
        }
    }

    /** @return what stands in front of a program that is to be watched */
    static List<String> watch(Path out, Path logs, Path subject, String plan) {
        return List.of("python3", WATCHER, out.toString(), logs.toString(), subject.toString(), plan);
    }

    static Steps read(Path out) {
        try {
            return new Steps(Files.exists(out) ? Files.readAllLines(out) : List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return every step in its order, with the leader and the command as they were then */
    List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        boolean starts = true;
        boolean leads = false;
        boolean runs = false;
        boolean ended = false;
        for (String line : lines) {
            String[] words = line.split("\t");
            leads |= words[0].equals("leader");
            runs = words[0].equals("subject") || runs && !words[0].equals("ended");
            ended |= words[0].equals("ended");
            if (words[0].equals("step")) {
                moments.add(new Moment(words[1], starts, leads, runs, ended));
                starts &= !words[1].equals("relay ends#1") || lines.stream().anyMatch(other -> other.startsWith("step\tbgjob "));
                starts &= !line.matches("step\tbgjob ends#.") || lines.stream().skip(lines.indexOf(line) + 1).anyMatch(other -> other.startsWith("step\tbgjob "));
            }
        }
        return moments;
    }

    /** @return whether the last of the watched processes has ended */
    boolean over() {
        return lines.contains("over");
    }

    /** @return what was done, or null as long as nothing was */
    String fault() {
        return lines.stream().filter(line -> line.startsWith("fault\t")).map(line -> line.substring("fault\t".length())).findFirst().orElse(null);
    }

    /** @return the pid of the leader, or 0 when there was none */
    long leader() {
        return last("leader");
    }

    /** @return the pid of the command that was started last, or 0 when there was none */
    long subject() {
        return last("subject");
    }

    /** @return whether the fault killed that process */
    boolean killed(long pid) {
        String fault = fault();
        return fault != null && pid > 0 && (fault + " ").contains("=" + pid + " ");
    }

    /** @return the exit status of the command by itself, or 137 when it was killed, or -1 when it has not ended so */
    int truth() {
        if (killed(subject())) {
            return 137;
        }
        return lines.stream().anyMatch(line -> line.startsWith("ended\t")) ? (int) last("ended") : -1;
    }

    private long last(String word) {
        long number = word.equals("ended") ? -1 : 0;
        for (String line : lines) {
            number = line.startsWith(word + "\t") ? Long.parseLong(line.substring(word.length() + 1)) : number;
        }
        return number;
    }
}
