package bgjob.support;

import java.io.File;
import org.junit.jupiter.api.Assumptions;

/** Programs that tests use and not every machine has. */
public final class Tool {
    private Tool() {
    }

    /** @return the program's path on PATH; without it the test is skipped */
    public static String need(String name) {
        String path = find(name);
        Assumptions.assumeTrue(path != null, "missing tool: " + name);
        return path;
    }

    /** @return the program's path on PATH, or null */
    public static String find(String name) {
        for (String folder : System.getenv("PATH").split(":")) {
            File file = new File(folder, name);
            if (file.isFile() && file.canExecute()) {
                return file.getAbsolutePath();
            }
        }
        return null;
    }
}
