package bgjob.json;

import bgjob.job.Rfc3339;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON documents (docs/json.md): names and meanings are stable, absent facts are null. */
public final class Json {
    private Json() {
    }

    /** What one document holds. */
    public interface Content {
        /** @throws IOException never, as the writer writes into memory */
        void write(JsonWriter json) throws IOException;
    }

    /** @return the document, for people's eyes too */
    public static String text(Content content) {
        return text("  ", content);
    }

    /** @return the document on one line */
    public static String line(Content content) {
        return text("", content);
    }

    private static String text(String indent, Content content) {
        StringWriter text = new StringWriter();
        try {
            JsonWriter json = new JsonWriter(text);
            json.setIndent(indent);
            json.setHtmlSafe(false);
            content.write(json);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String time(Long millis) {
        return millis == null ? null : Rfc3339.utc(millis);
    }

    static double seconds(long millis) {
        return millis / 1000.0;
    }
}
