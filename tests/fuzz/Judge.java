package fuzz;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import fuzz.Caller.Outcome;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What holds of every call, whatever it was given and whatever it found: docs/exit-codes.md, docs/json.md and the house's promises. */
final class Judge {
    private static final Set<Integer> CODES = Set.of(0, 1, 2, 124, 125);
    /** These may print a job's own bytes. */
    private static final Set<String> RAW = Set.of("logs", "follow");

    private Judge() {
    }

    /** @return what is wrong with it, or null */
    static String wrong(Outcome outcome) {
        List<String> words = outcome.arguments();
        String verb = words.get(0);
        int status = outcome.status();
        if (status < 0) {
            return "it did not end";
        }
        boolean passesOn = verb.equals("wait") || verb.equals("run") && words.contains("--wait");
        if (!CODES.contains(status) && !(passesOn && status <= 255)) {
            return status + " is no documented exit status";
        }
        String complaint = outcome.complaint();
        if (complaint.contains("\tat ") || complaint.contains("Exception") || complaint.contains("internal error")) {
            return "it failed without a sentence";
        }
        boolean jobs = passesOn && outcome.out().length > 0; // it says how a job ended, with the job's own exit status
        if (status == 2 && !jobs && !complaint.startsWith("bgjob: ")) {
            return "it refuses without a sentence";
        }
        if (control(complaint)) {
            return "standard error has a control character";
        }
        return output(outcome, verb);
    }

    /** @return the same outcome, of which nothing is wrong */
    static Outcome judged(Outcome outcome, Object where) {
        String wrong = wrong(outcome);
        if (wrong != null) {
            throw new AssertionError("bgjob " + String.join(" ", outcome.arguments()) + ": " + wrong + "\nexit status " + outcome.status() + "\n"
                    + shown(outcome.text()) + shown(outcome.complaint()) + "\n" + where);
        }
        return outcome;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(text.length(), 3000)).replace("\u001b", "<ESC>");
    }

    private static String output(Outcome outcome, String verb) {
        boolean raw = RAW.contains(verb) || outcome.arguments().contains("--raw") || verb.equals("run") && outcome.arguments().contains("-f");
        if (outcome.arguments().contains("--json") && !outcome.text().startsWith("Usage: ")) {
            if (outcome.out().length == 0) {
                return outcome.status() == 0 ? "it says nothing" : null;
            }
            boolean lines = verb.equals("follow");
            for (String document : lines ? outcome.text().split("\n") : new String[] {outcome.text()}) {
                if (!document.isEmpty() && json(document) == null) {
                    return "its JSON cannot be parsed";
                }
            }
            return utf8(outcome.out()) ? null : "its JSON is no UTF-8";
        }
        if (raw) {
            return null;
        }
        return !utf8(outcome.out()) ? "its text is no UTF-8" : control(outcome.text()) ? "its text has a control character" : null;
    }

    /** @return the one document, or null when it is none by RFC 8259 */
    static JsonElement json(String text) {
        try {
            JsonReader reader = new JsonReader(new StringReader(text));
            reader.setStrictness(Strictness.STRICT);
            JsonElement json = JsonParser.parseReader(reader);
            return reader.peek() == JsonToken.END_DOCUMENT ? json : null;
        } catch (JsonParseException | IOException | IllegalStateException e) {
            return null;
        }
    }

    private static boolean utf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether a terminal would take a character for more than itself; tabs stand in results that a job left. */
    private static boolean control(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069);
    }
}
