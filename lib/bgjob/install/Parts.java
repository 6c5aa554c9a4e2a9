package bgjob.install;

import bgjob.job.BgjobException;
import bgjob.job.ShellWords;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a build is put together from: the jars that this program runs from, and the resources that are in them. */
final class Parts {
    private static final String[] LAUNCH = {"start.sh", "train.sh", "lock.sh", "locale.sh", "web.sh", "web-build.sh"};
    private static final String[] SCRIPTS = {"job.sh", "detach.sh", "batch.sh", "told.sh", "left.sh", "watch.sh", "retry.sh", "hook.sh", "cap.sh", "notify.sh",
        "line.sh", "slot.sh", "after.sh", "slurm.sh", "array.sh"};
    private static final int CLASS_FILE_HEAD = 8;
    /** Start-up archives take classes of this form or newer: Java 6. */
    private static final int OLDEST_CLASS_FILE = 50;

    private Parts() {
    }

    /** @return every file of a build, by its path below the build's folder */
    static Map<String, byte[]> files(String classPath) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        StringBuilder list = new StringBuilder();
        for (String entry : classPath.split(File.pathSeparator)) {
            File jar = new File(entry);
            if (!entry.endsWith(".jar") || !jar.isFile()) {
                throw BgjobException.failed("cannot install from " + entry + ", which is no jar; use ./bgjob install in a checkout");
            }
            String name = files.isEmpty() ? "bgjob.jar" : "lib/" + jar.getName();
            files.put(name, read(jar));
            list.append(name).append('\n');
        }
        files.put("classpath", list.toString().getBytes(StandardCharsets.UTF_8));
        for (String script : SCRIPTS) {
            files.put(script, resource("/bgjob/script/" + script).getBytes(StandardCharsets.UTF_8));
        }
        for (String script : LAUNCH) {
            files.put("launch/" + script, resource("/bgjob/launch/" + script).getBytes(StandardCharsets.UTF_8));
        }
        return files;
    }

    private static byte[] read(File file) {
        try {
            return Files.readAllBytes(file.toPath());
        } catch (IOException e) {
            throw BgjobException.failed("cannot read " + file + ", which this program runs from: " + e.getMessage() + "; build it again");
        }
    }

    /** @return a text of this room, or of another where the name begins with a slash */
    static String resource(String name) {
        try (InputStream in = Parts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** @return a shell template of this room with each {@code @NAME@} filled in as one word; given as name, value, … */
    static String script(String template, String... slots) {
        String text = resource(template);
        for (int i = 0; i < slots.length; i += 2) {
            text = text.replace("@" + slots[i] + "@", ShellWords.quote(slots[i + 1]));
        }
        return text;
    }

    /** @return whether the build in that folder is made of just these files */
    static boolean same(Path build, Map<String, byte[]> files) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try {
                if (!Arrays.equals(Files.readAllBytes(build.resolve(file.getKey())), file.getValue())) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return true;
    }

    /** @return the jars' paths below a build's folder, in order */
    static List<String> jars(Map<String, byte[]> files) {
        List<String> jars = new ArrayList<>();
        for (String name : files.keySet()) {
            if (name.endsWith(".jar")) {
                jars.add(name);
            }
        }
        return jars;
    }

    /** JBang runs picocli as it was published, in class files of Java 5; build.sh compiles it anew. */
    static boolean archivable() {
        try (InputStream in = Parts.class.getResourceAsStream("/picocli/CommandLine.class")) {
            byte[] head = in == null ? new byte[0] : in.readNBytes(CLASS_FILE_HEAD);
            return head.length == CLASS_FILE_HEAD && head[CLASS_FILE_HEAD - 1] >= OLDEST_CLASS_FILE;
        } catch (IOException e) {
            return false;
        }
    }
}
