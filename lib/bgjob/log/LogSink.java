package bgjob.log;

import java.io.IOException;

/** Where the bytes of a log go. */
@FunctionalInterface
public interface LogSink {
    /** Takes {@code length} bytes from {@code bytes[from]}; the array is used again afterwards. */
    void accept(byte[] bytes, int from, int length) throws IOException;

    /** Is told of a part that is not there; a line stands for it. */
    default void skip(Gap gap) throws IOException {
        byte[] line = gap.line();
        accept(line, 0, line.length);
    }
}
