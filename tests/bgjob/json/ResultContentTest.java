package bgjob.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import bgjob.core.JobResult;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultContentTest {
    private static JobResult.Result left(byte[] bytes) {
        return new JobResult.Result("/r", bytes.length, bytes);
    }

    private static JobResult.Result left(String text) {
        return left(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(String text) throws IOException {
        StringWriter out = new StringWriter();
        JsonWriter writer = new JsonWriter(out);
        writer.setHtmlSafe(false);
        ResultContent.write(writer, ResultContent.json(left(text)));
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":[1,2.50,null,true,\"x\"]}", "[]", "42", "\"text\"", "false", "1e400", "12345678901234567890123.5"})
    void json_stays_as_it_is(String text) throws Exception {
        assertEquals(text, written(text));
        assertEquals(text, written(" " + text + "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "done", "{a:1}", "{'a':1}", "[1,]", "{} {}", "1 2", "NaN", "{\"a\":1", "# x", "True", "\"a\nb\""})
    void what_is_no_json_is_text(String text) {
        assertNull(ResultContent.json(left(text)));
        assertEquals(text, ResultContent.text(left(text)));
    }

    @Test
    void nesting_without_end_is_text() {
        assertNull(ResultContent.json(left("[".repeat(100_000))));
        assertNotNull(ResultContent.json(left("[".repeat(200) + "]".repeat(200))));
    }

    @Test
    void bytes_that_are_no_text_are_neither() {
        for (byte[] bytes : new byte[][] {{(byte) 0xff}, {'a', 0, 'b'}, {(byte) 0xc3}}) {
            assertNull(ResultContent.text(left(bytes)));
            assertNull(ResultContent.json(left(bytes)));
        }
    }

    @Test
    void the_beginning_of_a_long_one_is_text_even_where_it_ends_within_a_character() {
        JobResult.Result cut = new JobResult.Result("/r", 100, new byte[] {'4', '2', (byte) 0xc3});

        assertEquals("42", ResultContent.text(cut));
        assertNull(ResultContent.json(cut));
    }
}
