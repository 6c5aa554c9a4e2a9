package bgjob.support;

import java.util.List;

/** Texts that break what quotes, splits or expands them once too often or once too rarely. */
public final class HostileNames {
    private HostileNames() {
    }

    /** @return arguments, of which the program must get each exactly so */
    public static List<String> arguments() {
        return List.of("", " ", "two words", " around ", "it's", "''", "\"double\"", "new\nline", "\n", "ends with newline\n",
                "tab\there",
                "carriage\rreturn", "*", "?", "[a-z]*", "~", "~root", "$HOME", "${HOME}", "$(id)", "`id`", "$'x'", "!!", "#",
                        "a;b", "a&b",
                "a|b", "<x", ">x", "(x)", "{a,b}", "\\", "\\\\", "\\n", "ends with backslash\\", "%s", "%%", "@f", "@@", "=ls",
                        "=", "a=b",
                "-n", "-e", "--", "--help", "-", "--dir", "/", ".", "@ID@", "@COMMAND@", "é", "日本語", "🚀", "e\u0301", "\u202eevil",
                        "\u007f",
                "\u001b[31m", "\u0001");
    }

    /** @return names of directories that a job may run in */
    public static List<String> directories() {
        return List.of("two words", " around ", "it's", "\"double\"", "new\nline", "ends with newline\n", "tab\there", "*",
                "$HOME", "$(id)",
                "`id`", "#", "a;b&c", "back\\slash", "%s", "@ID@", "=eq", "-n", "--", "~", "a:b", "a=b", "\u001b[31m");
    }
}
