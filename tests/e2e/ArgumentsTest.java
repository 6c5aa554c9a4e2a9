package e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bgjob.support.Fault;
import bgjob.support.HostileNames;
import bgjob.support.JobHome;
import bgjob.support.JobRecord;
import bgjob.support.Tool;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A command's arguments reach it exactly as they were given. */
class ArgumentsTest {
    @RegisterExtension
    final JobHome home = JobHome.plain();

    /** {@code args} prints how many arguments it got and each with a NUL behind it. */
    @BeforeEach
    void program_that_tells_its_arguments() {
        home.program("args", "printf '%s\\0' $# \"$@\"");
    }

    private static String told(List<String> arguments) {
        StringBuilder text = new StringBuilder().append(arguments.size()).append('\0');
        arguments.forEach(argument -> text.append(argument).append('\0'));
        return text.toString();
    }

    private static String[] run(String label, String program, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("run", label, "--", program));
        words.addAll(arguments);
        return words.toArray(new String[0]);
    }

    @Test
    @Fault(value = "names", promise = "every argument arrives as it is")
    void every_odd_argument_arrives_as_it_is() {
        home.write("f", "content of f\n");
        List<String> arguments = HostileNames.arguments();

        JobRecord job = home.started(home.ok(run("odd", "args", arguments))).ended();

        assertEquals(told(arguments), job.output());
        List<String> recorded = home.status("odd").getAsJsonArray("command").asList().stream().map(JsonElement::getAsString)
                .toList();
        assertEquals("args", recorded.get(0));
        assertEquals(arguments, recorded.subList(1, recorded.size()), "the meta says the same");
    }

    @Test
    void every_odd_argument_arrives_as_it_is_in_the_C_locale() {
        List<String> arguments = HostileNames.arguments();

        home.bgjob(run("odd", "args", arguments)).env("LC_ALL", "C").run();
        JobRecord job = home.started(home.ok("status", "odd")).ended();

        assertEquals(told(arguments), job.output());
    }

    @Test
    void the_caller_s_locale_is_the_job_s() {
        for (Map<String, String> locale : List.of(Map.of("LC_ALL", "C"), Map.of("LC_ALL", "POSIX"), Map.of("LC_ALL", ""),
                Map.of("LANG", "C"))) {
            var call = home.bgjob("run", "locale", "--", "sh", "-c", "env | grep -E '^(LC_|LANG|BGJOB_(SAVED|UNSET))' | sort")
                    .without("LC_ALL");
            locale.forEach(call::env);
            JobRecord job = home.started(call.run().out()).ended();
            Map<String, String> expected = new TreeMap<>(locale);
            home.environment().forEach((name, value) -> {
                if (name.startsWith("LANG") || name.startsWith("LC_") && !name.equals("LC_ALL")) {
                    expected.putIfAbsent(name, value);
                }
            });
            StringBuilder text = new StringBuilder();
            expected.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
            assertEquals(text.toString(), job.output(), locale.toString());
        }
    }

    @Test
    void options_behind_the_dashes_are_the_command_s_own() {
        JobRecord job = home.start("own", "args", "-h", "--help", "--wait", "--", "--dir", "x").ended();

        assertEquals(told(List.of("-h", "--help", "--wait", "--", "--dir", "x")), job.output());
    }

    @Test
    void an_argument_of_100_KB_and_a_thousand_arguments_arrive() {
        List<String> arguments = new ArrayList<>(List.of("x'\n".repeat(34_000)));
        for (int i = 0; i < 1000; i++) {
            arguments.add("argument '" + i + "'");
        }

        JobRecord job = home.started(home.ok(run("long", "args", arguments))).ended();

        assertEquals(told(arguments), job.output());
        assertEquals(arguments.size() + 1, home.status("long").getAsJsonArray("command").size());
    }

    @Test
    void a_program_s_name_may_hold_an_equals_sign_or_blanks() {
        home.program("a=b", "echo it is \"$0\" \"$@\"");
        home.program("two words", "echo it is \"$0\" \"$@\"");

        assertEquals("it is " + home.bin() + "/a=b c=d\n", home.start("equals", "a=b", "c=d").ended().output());
        assertEquals("it is " + home.bin() + "/two words  x\n", home.start("blank", "two words", " x").ended().output());
        assertEquals("it is " + home.bin() + "/a=b c\n", home.start("path", home.bin() + "/a=b", "c").ended().output());
    }

    @Test
    void a_builtin_s_name_means_the_program() {
        assertEquals("a\\nb\n", home.start("echo", "echo", "a\\nb").ended().output(),
                "dash's own echo would have made a newline");
        home.program("test", "echo the program");
        assertEquals("the program\n", home.start("test", "test").ended().output());
    }

    @Test
    void a_missing_program_is_127_and_one_that_cannot_be_run_126() throws IOException {
        home.write("plain.txt", "text\n");

        assertEquals("127", home.start("missing", "no-such-program", "x").ended().exitText());
        assertEquals("126", home.start("forbidden", home.work().resolve("plain.txt").toString()).ended().exitText());
        assertEquals("126", home.start("folder", home.work().toString()).ended().exitText());
    }

    @Test
    void shell_text_gets_what_stands_behind_the_dashes_as_its_arguments() {
        JobRecord job = home.started(home.ok("run", "text", "--sh", "args \"$@\" | tr '\\0' '\\n'; echo \"$0\"", "--", "a b",
                "--", "*")).ended();

        assertEquals("3\na b\n--\n*\nsh\n", job.output());
    }

    @Test
    void a_login_shell_hands_arguments_on_exactly() {
        for (String shell : new String[] {"bash", "zsh", "dash", "ksh93", "mksh", "fish"}) {
            if (Tool.find(shell) != null) {
                JobRecord job = home.started(home.bgjob("run", shell, "--login", "--", home.bin() + "/args", "a b", "$HOME", "*",
                        "", "x\ny").env("SHELL", Tool.find(shell)).run().out()).ended();
                assertEquals(told(List.of("a b", "$HOME", "*", "", "x\ny")), job.output(), shell);
            }
        }
    }

    @Test
    void env_and_cwd_reach_the_command() {
        Path folder = home.write("sub dir/x", "").getParent();

        JobRecord job = home.started(home.ok("run", "env", "--cwd", "sub dir", "--env", "A=it's $HOME", "--env", "B=", "--env",
                "A2=x=y\nz", "--", "sh", "-c", "printf '%s|' \"$A\" \"${B-unset}\" \"$A2\" \"$PWD\"")).ended();

        assertEquals("it's $HOME||x=y\nz|" + folder + "|", job.output());
        assertEquals(folder.toString(), job.fact("cwd"));
    }

    @Test
    void the_script_by_hand_does_exactly_the_same_and_leaves_the_record_alone() throws IOException {
        List<String> arguments = HostileNames.arguments();
        JobRecord job = home.started(home.ok(run("again", "args", arguments))).ended();
        home.environment().put("BGJOB_LOG", "stale");
        Map<String, byte[]> before = contents();
        FileTime time = FileTime.fromMillis(1_000_000_000_000L);
        for (String name : before.keySet()) {
            Files.setLastModifiedTime(home.logs().resolve(name), time);
        }

        for (String shell : new String[] {"sh", "bash", "zsh"}) {
            if (Tool.find(shell) != null) {
                var again = home.command(shell, job.script().toString()).in("/").run();
                assertEquals(told(arguments), again.out(), shell);
            }
        }

        Map<String, byte[]> after = contents();
        assertEquals(before.keySet(), after.keySet(), "no file has come or gone");
        for (String name : before.keySet()) {
            assertArrayEquals(before.get(name), after.get(name), name);
            assertEquals(time, Files.getLastModifiedTime(home.logs().resolve(name)), name);
        }
    }

    @Test
    void the_script_by_hand_prepares_what_the_job_had_and_gives_its_exit_status() {
        home.write("sub/x", "");
        JobRecord job = home.started(home.bgjob("run", "again", "--cwd", "sub", "--env", "A=b c", "--", "sh", "-c",
                "echo \"$A|$PYTHONUNBUFFERED|$GH_PAGER|$GIT_PAGER|$PWD\"; cat; exit 6").run().out()).ended();

        var again = home.sh("echo input | sh \"$0\"", job.script().toString()).in("/").exits(6).run();

        assertEquals("b c|1|cat|cat|" + home.work().resolve("sub") + "\n", job.output());
        assertEquals(job.output(), again.out());
        assertEquals("6", job.exitText());
    }

    private Map<String, byte[]> contents() throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (String name : home.files()) {
            contents.put(name, Files.readAllBytes(home.logs().resolve(name)));
        }
        return contents;
    }

    @Test
    void bytes_that_are_no_UTF_8_are_refused_or_kept_but_never_changed() throws IOException {
        var result = home.sh("bgjob run bytes -- args \"$(printf '\\377x')\"").exitsAnyhow().run();

        if (result.code() == 0) {
            byte[] expected = {'1', 0, (byte) 0xff, 'x', 0};
            JobRecord job = home.started(result.out()).ended();
            assertEquals(Arrays.toString(expected), Arrays.toString(Files.readAllBytes(job.log())));
        }
    }
}
