///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Brings the completion scripts in lib/bgjob/install up to date; run it after changing a verb's options
//JAVA 17+
//JAVAC_OPTIONS -parameters
//SOURCES CompletionGenerator.java
//SOURCES GenerateModels.java
//SOURCES ModelGenerator.java
//SOURCES ../../bgjob.java

package models;

import java.nio.file.Files;
import java.nio.file.Path;

/** Run in the checkout: {@code ./jbang tests/models/GenerateCompletions.java}. */
public class GenerateCompletions {
    public static void main(String[] args) throws Exception {
        Path checkout = Path.of(args.length > 0 ? args[0] : ".");
        for (String shell : CompletionGenerator.SHELLS) {
            Path script = CompletionGenerator.script(checkout, shell);
            Files.writeString(script, CompletionGenerator.renewed(checkout, shell));
        }
    }
}
