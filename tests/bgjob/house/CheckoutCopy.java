package bgjob.house;

import docs.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * A copy of this checkout's launchers around a small program that tells what has reached it, with a home folder and a
 * JBANG_DIR of its own. Maven's repository is the user's, lest every test downloads.
 */
class CheckoutCopy {

    static final Path ORIGINAL = Checkout.root();

    record Outcome(int exit, String out, String err) {

        Outcome succeeded() {
            Assertions.assertEquals(0, exit, this::toString);
            return this;
        }

        Outcome failed(int expected) {
            Assertions.assertEquals(expected, exit, this::toString);
            return this;
        }

        Outcome said(String expectedOut) {
            Assertions.assertEquals(expectedOut, out, this::toString);
            return this;
        }

        Outcome quietly() {
            Assertions.assertEquals("", err, this::toString);
            return this;
        }

        /** One sentence of complaint, and no more. */
        Outcome complained(String part) {
            List<String> lines = err.lines().filter(line -> !line.contains("(once")).toList();
            Assertions.assertEquals(1, lines.size(), this::toString);
            Assertions.assertTrue(lines.get(0).contains(part), this::toString);
            return this;
        }

        boolean built() {
            return err.contains("bgjob: building");
        }
    }

    final Path folder;
    final Path home;

    /** In a folder with a name that shells and Java find hard; its parent is to be removed by the caller. */
    CheckoutCopy(Path parent) {
        this(parent, "it's a \"check\n out\"");
    }

    CheckoutCopy(Path parent, String name) {
        folder = parent.resolve(name);
        home = parent.resolve("home");
        try {
            Files.createDirectories(home);
            copy(ORIGINAL.resolve("lib/launch"), folder.resolve("lib/launch"));
            for (String launcher : List.of("jbang", "bgjob")) {
                Files.copy(ORIGINAL.resolve(launcher), folder.resolve(launcher));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write("bgjob.java", """
                //JAVA 17+
                //MAIN bgjob
                //JAVAC_OPTIONS --release 17
                //SOURCES lib/bgjob/**.java
                //FILES lib/bgjob/script/**
                import bgjob.echo.Word;
                class bgjob {
                    public static void main(String... args) throws Exception {
                        switch (args.length == 0 ? "" : args[0]) {
                            case "env" -> System.out.print(System.getenv(args[1]));
                            case "exit" -> System.exit(Integer.parseInt(args[1]));
                            case "input" -> System.out.print(System.in.read());
                            case "jvm" -> System.out.print(System.getProperty("java.vm.info"));
                            case "property" -> System.out.print(System.getProperty(args[1]));
                            case "resource" -> System.out.print(bgjob.class.getResource("/" + args[1]) != null);
                            case "word" -> System.out.print(Word.WORD);
                            default -> {
                                for (String arg : args) {
                                    System.out.write((arg.length() + "[" + arg + "]").getBytes("UTF-8"));
                                }
                            }
                        }
                        System.out.flush();
                    }
                }
                """);
        writeWord("first");
        write("lib/bgjob/script/job.sh", "echo job\n");
    }

    void writeWord(String word) {
        write("lib/bgjob/echo/Word.java", "package bgjob.echo; public class Word { public static final String WORD = \"" + word + "\"; }\n");
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outcome bgjob(String... args) {
        return run(command("bgjob", args));
    }

    Outcome jbang(String... args) {
        return run(command("jbang", args));
    }

    ProcessBuilder command(String launcher, String... args) {
        List<String> words = new ArrayList<>(List.of(folder.resolve(launcher).toString()));
        words.addAll(Arrays.asList(args));
        return prepare(new ProcessBuilder(words));
    }

    /** No program of this run's is left in the environment but PATH, which has no JBang. */
    ProcessBuilder prepare(ProcessBuilder command) {
        Map<String, String> environment = command.environment();
        environment.keySet().removeIf(name -> name.startsWith("BGJOB_") || name.startsWith("JBANG_") || name.startsWith("JAVA_")
                || name.startsWith("LC_") || name.equals("LANG") || name.equals("XDG_CACHE_HOME"));
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("BGJOB_TRAIN", "off");
        environment.put("BGJOB_JBANG_INSTALLER", "none");
        environment.put("BGJOB_TEST_RUN", System.getProperty("bgjob.testRun"));
        environment.compute("PATH", (name, path) -> String.join(":", Arrays.stream(path.split(":"))
                .filter(entry -> !Files.exists(Path.of(entry, "jbang"))).toList()));
        return command.directory(home.toFile());
    }

    static Outcome run(ProcessBuilder command) {
        return finish(start(command));
    }

    /** A program that has been started, with its output on the way into files, where it cannot block it. */
    record Running(Process process, Path out, Path err) { }

    static Running start(ProcessBuilder command) {
        try {
            Path out = Files.createTempFile("bgjob-out", "");
            Path err = Files.createTempFile("bgjob-err", "");
            Process process = command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            return new Running(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Outcome finish(Running running) {
        try {
            if (!running.process().waitFor(100, TimeUnit.SECONDS)) {
                running.process().descendants().forEach(ProcessHandle::destroyForcibly);
                running.process().destroyForcibly().waitFor();
                Assertions.fail("did not end: " + Files.readString(running.err()));
            }
            return new Outcome(running.process().exitValue(), Files.readString(running.out()), Files.readString(running.err()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            running.process().destroyForcibly();
            throw new IllegalStateException(e);
        } finally {
            running.out().toFile().delete();
            running.err().toFile().delete();
        }
    }

    List<Path> builds() {
        return list(folder.resolve(".build"), "app-");
    }

    static List<Path> list(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PATH with all commands but some. */
    String pathWithout(String... missing) {
        Path bin = home.resolveSibling("without-" + String.join("-", missing));
        try {
            Files.createDirectories(bin);
            for (String entry : System.getenv("PATH").split(":")) {
                for (Path command : list(Path.of(entry), "")) {
                    Path link = bin.resolve(command.getFileName());
                    if (!Arrays.asList(missing).contains(link.getFileName().toString()) && !Files.exists(link)
                            && !link.endsWith("jbang") && !Files.isSymbolicLink(link)) {
                        Files.createSymbolicLink(link, command);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bin.toString();
    }

    static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        file.toFile().setExecutable(true);
        return file;
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
