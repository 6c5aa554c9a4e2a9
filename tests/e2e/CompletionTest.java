package e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bgjob.support.Await;
import bgjob.support.JobHome;
import bgjob.support.Pty;
import bgjob.support.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the real shells offer for the words of an installed bgjob. Completion knows jobs by the names of their scripts. */
class CompletionTest {
    private static final Path BASH = Path.of("/usr/share/bash-completion/bash_completion");
    private static final String CTRL_U = "\u0015";
    /** What is offered at the end of a line, a bar between; words that must be among others end in {@code …}. */
    private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("bgjob sto", "stop");
        EXPECTED.put("bgjob ", "run|status|list…");
        EXPECTED.put("bgjob status te", "tests_unit|tests");
        EXPECTED.put("bgjob status ", "build|tests_unit|tests");
        EXPECTED.put("bgjob status tests_", "tests_unit|tests_20261102_050607|tests_20261101_050607");
        EXPECTED.put("bgjob status build_2", "build_20261104_050607_10|build_20261104_050607_2|build_20261104_050607");
        EXPECTED.put("bgjob status tests b", "");
        EXPECTED.put("bgjob stop tests b", "build");
        EXPECTED.put("bgjob stop --g", "--grace");
        EXPECTED.put("bgjob stop --signal U", "USR1|USR2");
        EXPECTED.put("bgjob stop --signal=T", "TERM");
        EXPECTED.put("bgjob list --state sto", "stopped");
        EXPECTED.put("bgjob list --state failed,l", "lost");
        EXPECTED.put("bgjob latest tests --file m", "meta");
        EXPECTED.put("bgjob run x --cwd su", "sub dir");
        EXPECTED.put("bgjob batch x --on s", "slurm");
        EXPECTED.put("bgjob status --dir su", "sub dir");
        EXPECTED.put("bgjob status --dir sub\\ dir/.logs ", "other");
        EXPECTED.put("bgjob --dir 'sub dir/.logs' status ", "other");
        EXPECTED.put("bgjob status --dir=sub\\ dir/.logs o", "other");
        EXPECTED.put("bgjob run x -- mkfi", "mkfifo");
        EXPECTED.put("bgjob run x -- cat only-he", "only-here.txt");
        EXPECTED.put("bgjob logs -n ", "");
        EXPECTED.put("bgjob completion f", "fish");
        EXPECTED.put("bgstatus te", "tests_unit|tests");
        EXPECTED.put("bgrun te", "tests_unit|tests");
        EXPECTED.put("bgrun x mkfi", "mkfifo");
        EXPECTED.put("bgrun x cat only-he", "only-here.txt");
        EXPECTED.put("bgrun x -- cat only-he", "only-here.txt");
    }

    @RegisterExtension
    final JobHome home = JobHome.plain();

    private final Installed installed = new Installed(home);

    @BeforeEach
    void have_jobs() {
        installed.install("--aliases").run();
        for (String id : List.of("tests_20261101_050607", "tests_20261102_050607", "tests_unit_20261103_050607", "build_20261104_050607",
                "build_20261104_050607_2", "build_20261104_050607_10")) {
            home.write(".logs/jobs/" + id + ".sh", "");
        }
        home.write("sub dir/.logs/jobs/other_20261101_010101.sh", "");
        home.write("only-here.txt", "");
    }

    /** Starts a shell in a terminal, types each line and the key that completes, and reads what it says was offered. */
    private List<String> typed(String shell, String settings, String key) {
        Path out = home.root().resolve("offered");
        Path rc = home.root().resolve("rc");
        JobHome.write(out, "", false);
        JobHome.write(rc, settings.replace("@OUT@", out.toString()), false);
        home.environment().put("PATH", installed.bin + ":" + Installed.PATH);
        Pty pty = Pty.open(home, shell).shows("$ ");
        pty.type(". " + rc + "; echo rea''dy\r");
        pty.shows("ready");
        List<String> lines = List.copyOf(EXPECTED.keySet());
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            pty.type(lines.get(i) + key);
            Await.until("'" + lines.get(i) + "' is completed:\n" + pty.screen(), () -> offered(out).size() == number);
            pty.type(CTRL_U);
        }
        pty.type("exit\r");
        pty.await();
        return offered(out);
    }

    /** One line of words with a semicolon between for each line typed. */
    private static List<String> offered(Path out) {
        try {
            String text = Files.readString(out);
            return List.of(text.substring(0, text.lastIndexOf("\n") + 1).split("\n")).stream().filter(line -> line.startsWith("=")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void judge(List<String> offered) {
        List<String> wrong = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, String> line : EXPECTED.entrySet()) {
            Set<String> words = new LinkedHashSet<>();
            for (String word : offered.get(i++).substring(1).split(";")) {
                words.add(word.replace("\\", "").replaceFirst("/$", "").replaceFirst("^(--signal=|failed,)", "").strip());
            }
            words.remove("");
            String said = String.join("|", words);
            String expected = line.getValue();
            if (expected.endsWith("…") ? !words.containsAll(List.of(expected.split("[|…]"))) : !said.equals(expected)) {
                wrong.add(line.getKey() + " => " + said + ", expected was " + expected);
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void bash_completes() {
        Assumptions.assumeTrue(Files.exists(BASH), "missing tool: bash-completion");
        judge(typed("PS1='$ ' exec " + Tool.need("bash") + " --norc --noprofile -i", """
                . %s
                bind 'set page-completions off' 'set completion-query-items 0'
                _completion_loader bgjob || :
                _completion_loader bgrun || :
                offers() { _bgjob "$@"; local IFS=';'; printf '=%%s\\n' "${COMPREPLY[*]}" >>'@OUT@'; }
                complete -F offers bgjob bgrun bgstatus
                """.formatted(BASH), "\t"));
    }

    @Test
    void zsh_completes() {
        judge(typed("PS1='$ ' exec " + Tool.need("zsh") + " -f -i", """
                fpath=(~/.local/share/bgjob/zsh $fpath)
                autoload -Uz compinit
                compinit -u -D
                offers() {
                  local all=
                  compadd() {
                    local -a offered
                    builtin compadd -O offered "$@"
                    all+=";${(j:;:)offered}"
                    builtin compadd "$@"
                  }
                  _main_complete
                  unfunction compadd
                  print -r -- "=$all" >>'@OUT@'
                  compstate[insert]= compstate[list]=
                }
                zle -C offers complete-word offers
                bindkey '^T' offers
                """, "\u0014"));
    }

    @Test
    void fish_completes() {
        Tool.need("fish");
        String program = "for line in $argv; complete --do-complete=$line | string replace -r '\\t.*' '' | string join ';' | string replace -r '^' '=';"
                + " or echo =; end";
        List<String> command = new ArrayList<>(List.of("fish", "-c", program));
        command.addAll(EXPECTED.keySet());
        judge(home.command(command.toArray(new String[0])).env("PATH", installed.bin + ":" + Installed.PATH).noisy().run().lines());
    }

    @Test
    void the_scripts_can_be_printed_and_read() {
        for (String shell : List.of("bash", "zsh", "fish")) {
            Path script = JobHome.write(home.root().resolve("script"), home.ok("completion", shell), false);
            if (Tool.find(shell) != null) {
                home.command(shell, "-n", script.toString()).run();
            }
        }
        assertTrue(home.fails(2, "completion", "tcsh").contains("there is none for 'tcsh'; use bash, zsh or fish"));
        assertTrue(home.bgjob("completion").complains(2).run().err().contains("SHELL"));
    }

    @Test
    void of_many_jobs_the_newest_fifty_are_offered() throws IOException {
        for (int i = 0; i < 600; i++) {
            Files.createFile(home.logs().resolve("jobs/many_20261105_" + String.format("%06d", (i * 7919) % 600 + 100000) + ".sh"));
        }
        String names = "eval \"$(\"$0\" completion bash)\"; _bgjob_names '' \"$1\"";
        Tool.need("bash");
        List<String> offered = home.command("bash", "-c", names, installed.bin + "/bgjob", "many_").run().lines();
        assertEquals(50, offered.size());
        assertEquals("many_20261105_100599", offered.get(0));
        assertEquals("many_20261105_100550", offered.get(49));
        assertEquals(List.of("many", "build", "tests_unit", "tests"), home.command("bash", "-c", names, installed.bin + "/bgjob", "").run().lines());
    }

    @Test
    void where_there_is_an_index_it_is_read_and_not_the_directory() throws IOException {
        String names = "eval \"$(\"$0\" completion bash)\"; _bgjob_names '' \"$1\"";
        Tool.need("bash");
        for (int i = 0; i < 600; i++) {
            home.write(".logs/" + (i < 20 ? "old_20260101_" : "many_20261105_") + (100000 + i) + ".exit", "0\n");
        }
        home.ok("latest", "many", "--file", "exit");
        assertTrue(Files.exists(home.logs().resolve("index/stamp")), "there is an index");
        String id = home.start("fresh", "true").ended().id();
        home.sh("rm -r \"$0\"/*", home.logs().resolve("jobs").toString()).run(); // what is not in the index is not found now

        List<String> offered = home.command("bash", "-c", names, installed.bin + "/bgjob", "many_").run().lines();
        assertEquals(50, offered.size());
        assertEquals("many_20261105_100599", offered.get(0));
        assertEquals("many_20261105_100550", offered.get(49));
        assertEquals(List.of("fresh", "many"), home.command("bash", "-c", names, installed.bin + "/bgjob", "").run().lines());
        assertEquals(List.of(id), home.command("bash", "-c", names, installed.bin + "/bgjob", "fresh_").run().lines());
        List<String> old = home.command("bash", "-c", names, installed.bin + "/bgjob", "old_").run().lines();
        assertEquals(20, old.size(), "though it is not among the newest 512");
        assertEquals("old_20260101_100019", old.get(0));

        home.write(".logs/jobs/by-hand_20261201_010101.sh", "");
        home.write(".logs/x", ""); // the index is outdated
        assertEquals(List.of("by-hand"), home.command("bash", "-c", names, installed.bin + "/bgjob", "").run().lines());
    }

    @Test
    void names_are_looked_for_where_bgjob_looks() throws IOException {
        String names = "eval \"$(\"$0\" completion bash)\"; _bgjob_names '' ''";
        String[] command = {Tool.need("bash"), "-c", names, installed.bin + "/bgjob"};
        home.makeRepository(home.work());
        Path below = Files.createDirectories(home.work().resolve("a/b"));
        assertEquals("build", home.command(command).in(below).run().lines().get(0));
        home.sh("git worktree add -q a/tree 2>&1 && mkdir -p a/tree/.logs/jobs && : >a/tree/.logs/jobs/tree_20261101_010101.sh").run();
        assertEquals(List.of("tree"), home.command(command).in(home.work().resolve("a/tree")).run().lines());
        assertEquals(List.of("other"), home.command(command).in(below).env("BGJOB_DIR", "../../sub dir/.logs").run().lines());
    }
}
