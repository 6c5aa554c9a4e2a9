package bgjob.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import docs.Checkout;
import docs.Markdown;
import docs.SmallProject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** docs/json.md against what the real program prints: names, types and what may be null. */
class JsonDocTest {

    private static final Markdown PAGE = new Markdown(Checkout.text("docs/json.md"));

    private static SmallProject project;
    private static final List<JsonObject> JOBS = new ArrayList<>();
    private static final List<JsonObject> RECEIPTS = new ArrayList<>();

    /** Jobs that between them have every fact there is: an ending, a signal, a reason, and survivors of a killed leader. */
    @BeforeAll
    static void makeJobs() throws Exception {
        project = new SmallProject();
        JOBS.add(json("run", "good", "--wait", "--json", "--", "true").getAsJsonObject());
        JOBS.add(json("run", "running", "--json", "--", "sleep", "60").getAsJsonObject());
        json("stop", "running", "--reason", "seen enough", "--json").getAsJsonArray().forEach(r -> RECEIPTS.add(r.getAsJsonObject()));
        json("list", "--json").getAsJsonArray().forEach(job -> JOBS.add(job.getAsJsonObject()));
        JOBS.add(json("run", "held", "--queue", "q", "--after", "good", "--wait", "--json", "--", "true").getAsJsonObject());
        project.program().bgjob("run", "holder", "--", "sleep", "60").out(0);
        JOBS.add(json("run", "held", "--after", "holder:any", "--json", "--", "true").getAsJsonObject());
        project.program().bgjob("stop", "holder").out(0);
        project.program().bgjob("wait", "held").out(0);
        project.program().bgjob("run", "bereft", "--", "sleep", "60").out(0);
        project.program().run("sh", "-c", "kill -KILL $(cat .logs/bereft_*.pid)").out(0);
        project.program().bgjob("wait", "bereft").out(125);
        JOBS.add(json("status", "bereft", "--json").getAsJsonObject());
        project.program().bgjob("run", "counting", "--wait", "--", "sh", "-c",
                "printf '%s\\n' 'failed a' 'phase 1/2 b' '1/4 c' >>\"$BGJOB_PROGRESS\"").out(0);
        JOBS.add(json("status", "counting", "--json").getAsJsonObject());
        json("stop", "bereft", "--json").getAsJsonArray().forEach(r -> RECEIPTS.add(r.getAsJsonObject()));
        json("wait", "good", "running", "--json").getAsJsonArray().forEach(job -> JOBS.add(job.getAsJsonObject()));
    }

    @AfterAll
    static void remove() throws Exception {
        project.close();
    }

    private static JsonElement json(String... arguments) throws Exception {
        return JsonParser.parseString(project.program().bgjob(arguments).out());
    }

    @Test
    void every_field_of_a_job_is_documented_and_no_other() {
        JOBS.forEach(job -> assertEquals(topLevel(documented("A job")), job.keySet()));
        assertEquals(documented("A job").keySet(), fields(JOBS).keySet());
    }

    @Test
    void the_fields_of_a_job_have_their_types_and_are_null_only_where_that_is_said() {
        check("A job", JOBS);
    }

    @Test
    void every_field_that_may_always_be_null_is() {
        for (Markdown.Row row : PAGE.rows("A job")) {
            if (row.cells().get(3).startsWith("always")) {
                JOBS.forEach(job -> assertTrue(job.get(Markdown.plain(row.cells().get(0))).isJsonNull(), row.toString()));
            }
        }
    }

    @Test
    void receipts_of_stop_are_documented() {
        Set<String> own = topLevel(fields(RECEIPTS));
        assertEquals(topLevel(documented("stop")), own);
        check("stop", RECEIPTS);
        assertEquals(topLevel(documented("A job")), RECEIPTS.get(0).getAsJsonObject("job").keySet());
        assertEquals("[\"TERM\"]", RECEIPTS.get(0).get("signals").toString());
    }

    @Test
    void paths_of_latest_are_documented() throws Exception {
        List<JsonObject> paths = List.of(json("latest", "good", "--json").getAsJsonObject());
        assertEquals(documented("latest").keySet(), fields(paths).keySet());
        check("latest", paths);
    }

    @Test
    void parts_of_logs_are_documented() throws Exception {
        List<JsonObject> parts = List.of(json("logs", "good", "--json").getAsJsonObject());
        assertEquals(documented("logs").keySet(), fields(parts).keySet());
        check("logs", parts);
    }

    @Test
    void results_are_documented() throws Exception {
        project.program().bgjob("run", "left", "--wait", "--sh", "echo '{\"a\": 1}' >$BGJOB_RESULT").out(0);
        project.program().bgjob("run", "said", "--wait", "--sh", "echo out; echo fine >$BGJOB_RESULT; exit 3").out(3);
        List<JsonObject> results = new ArrayList<>();
        project.program().run("sh", "-c", "printf '1\\n2\\n' | ./bgjob batch list --wait --sh 'echo {} >$BGJOB_RESULT; exit {}'").out(123);
        for (String label : List.of("left", "said", "running", "good", "bereft", "list")) {
            results.add(json("result", label, "--json").getAsJsonObject());
        }
        assertEquals("{\"a\":1}", results.get(0).get("result").toString());
        results.get(0).remove("result");
        results.forEach(result -> result.remove("job"));
        Set<String> own = topLevel(documented("result"));
        own.remove("job");
        results.get(0).add("result", JsonNull.INSTANCE);
        results.forEach(result -> assertEquals(own, result.keySet()));
        Map<String, String> listed = new TreeMap<>(fields(List.of(results.get(5))));
        listed.keySet().removeIf(name -> !name.startsWith("items[]") && !name.startsWith("batch."));
        Set<String> items = new TreeSet<>(documented("result").keySet());
        items.removeIf(name -> !name.startsWith("items[]") && !name.startsWith("batch."));
        assertEquals(items, listed.keySet());
        check("result", results);
    }

    @Test
    void statistics_are_documented() throws Exception {
        List<JsonObject> statistics = List.of(json("stats", "--json").getAsJsonObject(), json("stats", "good", "--by-commit", "--json").getAsJsonObject());
        check("stats", statistics);
        Map<String, String> groups = new TreeMap<>(fields(statistics));
        groups.keySet().removeIf(name -> name.startsWith("total.") || name.matches("groups\\[\\]\\.(slowest\\[\\]|last_failure|first_failure|last_success)\\..*"));
        assertEquals(documented("stats").keySet(), groups.keySet());
        List<JsonObject> runs = new ArrayList<>();
        statistics.get(0).getAsJsonArray("groups").forEach(group -> {
            group.getAsJsonObject().getAsJsonArray("slowest").forEach(run -> runs.add(run.getAsJsonObject()));
            for (String name : List.of("last_failure", "first_failure", "last_success")) {
                if (!group.getAsJsonObject().get(name).isJsonNull()) {
                    runs.add(group.getAsJsonObject().getAsJsonObject(name));
                }
            }
        });
        assertEquals(documented("A run in stats").keySet(), fields(runs).keySet());
        check("A run in stats", runs);
    }

    @Test
    void comparisons_are_documented() throws Exception {
        project.program().bgjob("run", "twice", "--wait", "--sh", "echo one").out(0);
        project.program().bgjob("run", "twice", "--wait", "--sh", "echo two").out(0);
        JsonObject comparison = json("diff", "twice", "--json").getAsJsonObject();
        assertEquals(topLevel(documented("A job")), comparison.remove("old").getAsJsonObject().keySet());
        assertEquals(topLevel(documented("A job")), comparison.remove("new").getAsJsonObject().keySet());
        Set<String> own = new TreeSet<>(documented("diff").keySet());
        own.removeAll(Set.of("old", "new"));
        assertEquals(own, fields(List.of(comparison)).keySet());
        check("diff", List.of(comparison));
    }

    @Test
    void what_prune_removes_is_documented() throws Exception {
        project.program().bgjob("run", "short", "--wait", "--", "true").out(0);
        List<JsonObject> receipts = List.of(json("prune", "short", "--keep", "0", "--json").getAsJsonObject());
        assertEquals(documented("prune").keySet(), fields(receipts).keySet());
        check("prune", receipts);
    }

    @Test
    void findings_of_doctor_are_documented() throws Exception {
        for (String options : List.of("doctor", "doctor --drill")) {
            List<JsonObject> report = List.of(json((options + " --json").split(" ")).getAsJsonObject());
            assertEquals(documented(options).keySet(), fields(report).keySet());
            check(options, report);
        }
    }

    /** The documented fields with their types. */
    private static Map<String, String> documented(String section) {
        Map<String, String> fields = new TreeMap<>();
        PAGE.rows(section).forEach(row -> fields.put(Markdown.plain(row.cells().get(0)), row.cells().get(1)));
        return fields;
    }

    private static Set<String> topLevel(Map<String, String> fields) {
        Set<String> names = new TreeSet<>(fields.keySet());
        names.removeIf(name -> name.contains(".") || name.contains("["));
        return names;
    }

    /** All fields that the objects have, as the page spells them, with the types seen; {@code null} is a type here. */
    private static Map<String, String> fields(List<JsonObject> objects) {
        Map<String, String> fields = new TreeMap<>();
        objects.forEach(object -> collect("", object, fields));
        return fields;
    }

    private static void collect(String prefix, JsonObject object, Map<String, String> fields) {
        for (String name : object.keySet()) {
            JsonElement value = object.get(name);
            fields.merge(prefix + name, type(value), (a, b) -> a.contains(b) ? a : a + "|" + b);
            if (value.isJsonObject()) {
                collect(prefix + name + ".", value.getAsJsonObject(), fields);
            } else if (value.isJsonArray()) {
                for (JsonElement element : value.getAsJsonArray()) {
                    if (element.isJsonObject()) {
                        collect(prefix + name + "[].", element.getAsJsonObject(), fields);
                    }
                }
            }
        }
    }

    private static String type(JsonElement value) {
        if (value.isJsonNull()) {
            return "null";
        }
        if (value instanceof JsonPrimitive primitive) {
            return primitive.isString() ? "string" : primitive.isNumber() ? "number" : "boolean";
        }
        return value.isJsonArray() ? "array" : "object";
    }

    private static void check(String section, List<JsonObject> objects) {
        Map<String, String> seen = fields(objects);
        for (Markdown.Row row : PAGE.rows(section)) {
            String name = Markdown.plain(row.cells().get(0));
            String type = row.cells().get(1).replaceFirst(" of .*", "");
            if (type.equals("any")) {
                continue;
            }
            boolean nullable = !row.cells().get(3).equals("never");
            for (String found : seen.getOrDefault(name, type).split("\\|")) {
                assertTrue(found.equals(type) || nullable && found.equals("null"), section + ": " + name + " is " + found);
            }
        }
    }
}
