package bgjob.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import docs.Checkout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The parts of the job script are one program: what one of them keeps in a variable must be no other's. */
class PartsTest {
    private static final Pattern ASSIGNED = Pattern.compile("\\b(bgjob_[a-z_]+)=|\\bread (?:-r )?(bgjob_[a-z_]+)|\\bfor (bgjob_[a-z_]+) in");
    private static final Pattern FUNCTION = Pattern.compile("\\b(bgjob_[a-z_]+)\\(\\)");
    /** What a batch, a task of an array, or one whose log is bounded does instead. */
    private static final Set<String> REPLACED = Set.of("bgjob_main", "bgjob_i", "bgjob_keep", "bgjob_add");
    /** Of use for a few lines each, or meant to be shared. */
    private static final Set<String> SHARED = Set.of("bgjob_x", "bgjob_y", "bgjob_z", "bgjob_n", "bgjob_nap", "bgjob_now", "bgjob_rc", "bgjob_got",
            "bgjob_child", "bgjob_late", "bgjob_told", "bgjob_begun", "bgjob_self", "bgjob_was",
            "bgjob_tries", // a batch counts those of an item, in a process of the item's own
            "bgjob_mode", "bgjob_attempt", // a leader that Slurm starts learns only then which task and which attempt it is
            "bgjob_quit", "bgjob_reset", "bgjob_umask", "bgjob_worst"); // a task of an array goes no further: they mean the same in it as elsewhere

    @Test
    void no_two_parts_have_a_function_of_one_name() {
        Map<String, Set<String>> users = new TreeMap<>();
        for (Path part : Checkout.files("lib/bgjob/script", ".sh")) {
            Matcher function = FUNCTION.matcher(Checkout.text(part));
            while (function.find()) {
                users.computeIfAbsent(function.group(1), n -> new TreeSet<>()).add(part.getFileName().toString());
            }
        }
        users.values().removeIf(parts -> parts.size() < 2);
        users.keySet().removeAll(REPLACED);

        assertEquals("{}", users.toString());
    }

    @Test
    void no_two_parts_keep_something_in_one_variable() {
        Map<String, Set<String>> users = new TreeMap<>();
        for (Path part : Checkout.files("lib/bgjob/script", ".sh")) {
            look(part.getFileName().toString(), Checkout.text(part), users);
        }
        for (String java : new String[] {"JobScript", "BatchPart"}) {
            look("settings", Checkout.text("lib/bgjob/script/" + java + ".java"), users);
        }
        users.values().removeIf(parts -> parts.size() < 2);
        users.keySet().removeAll(SHARED);

        assertEquals("{}", users.toString());
    }

    private static void look(String part, String text, Map<String, Set<String>> users) {
        Matcher assigned = ASSIGNED.matcher(text);
        while (assigned.find()) {
            String name = assigned.group(1) != null ? assigned.group(1) : assigned.group(2) != null ? assigned.group(2) : assigned.group(3);
            users.computeIfAbsent(name, n -> new TreeSet<>()).add(part);
        }
    }
}
