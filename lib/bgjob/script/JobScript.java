package bgjob.script;

import bgjob.job.ShellWords;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fills the template {@code job.sh}, one text for every job and backend.
 *
 * @param id the job's id
 * @param label its label
 * @param dir the {@code .logs} directory, absolute
 * @param shell the POSIX shell that runs the script
 * @param cwd the command's working directory
 * @param git the work tree whose state is recorded, or null
 * @param venv the {@code activate} file of a virtual environment, or null
 * @param environment {@code NAME=value} words for the command alone
 * @param command the program and its arguments
 * @param meta the facts known before the start, each a line of the meta
 */
public record JobScript(String id, String label, String dir, String shell, String cwd, String git, String venv,
        List<String> environment, List<String> command, List<String> meta) {

    private static final String TEMPLATE = "/bgjob/script/job.sh";
    /** Names the folder with the template as a file: to open a jar for it would cost a quarter of {@code run}. */
    private static final String FOLDER = "bgjob.app";

    /** @return the script, as it is written to {@code jobs/<id>.sh}; put together as bytes, since a fresh JVM is slow with characters */
    public byte[] render() {
        byte[] template = template();
        ByteArrayOutputStream script = new ByteArrayOutputStream(template.length + 4096);
        int from = 0;
        int at = next(template, 0);
        while (at < template.length) {
            int end = next(template, at + 1);
            String value = end == template.length ? null : slot(new String(template, at + 1, end - at - 1, StandardCharsets.ISO_8859_1));
            if (value != null) {
                script.write(template, from, at - from);
                script.writeBytes(value.getBytes(StandardCharsets.UTF_8));
                from = end + 1;
                end = next(template, from);
            }
            at = end;
        }
        script.write(template, from, template.length - from);
        return script.toByteArray();
    }

    private static int next(byte[] template, int from) {
        int at = from;
        while (at < template.length && template[at] != '@') {
            at++;
        }
        return at;
    }

    /** The text for a slot's name, or null when the name is no slot: the template has other {@code @} in it. */
    private String slot(String name) {
        return switch (name) {
            case "ID" -> id;
            case "LABEL" -> label;
            case "DIR" -> ShellWords.quote(dir);
            case "SH" -> ShellWords.quote(shell);
            case "CWD" -> ShellWords.quote(cwd);
            case "GIT" -> git == null ? "''" : ShellWords.quote(git);
            case "VENV" -> venv == null ? "''" : ShellWords.quote(venv);
            case "ENV" -> environment.isEmpty() ? ":" : "set -- env -- " + ShellWords.script(environment) + " \"$@\"";
            case "COMMAND" -> ShellWords.script(command);
            case "META" -> ShellWords.script(meta);
            default -> null;
        };
    }

    private static byte[] template() {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            try (InputStream in = new FileInputStream(folder + "/job.sh")) {
                return in.readAllBytes();
            } catch (IOException e) {
                // a build from before there was such a file, or one being removed: the program has it, too
            }
        }
        try (InputStream in = JobScript.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its template " + TEMPLATE);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
