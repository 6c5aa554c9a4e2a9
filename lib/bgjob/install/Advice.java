package bgjob.install;

import bgjob.job.ShellWords;

/** Lines for a shell's start-up file. */
final class Advice {
    private Advice() {
    }

    /** @param bin a folder that is not on PATH, as in {@code ~/.local/bin} */
    static String path(String shell, String bin) {
        return switch (shell) {
            case "fish" -> bin + " is not on your PATH; run this once: fish_add_path " + word(bin);
            case "bash", "zsh" -> bin + " is not on your PATH; put this line into ~/." + shell + "rc: export PATH=" + word(bin) + ":\"$PATH\"";
            default -> bin + " is not on your PATH; put this line into ~/.profile: export PATH=" + word(bin) + ":\"$PATH\"";
        };
    }

    /** zsh has no folder of the user's where it looks by itself. */
    static String zsh(String folder) {
        return "For completion in zsh, put this line into ~/.zshrc, before compinit: fpath=(" + word(folder) + " $fpath)";
    }

    private static String word(String path) {
        return path.startsWith("~/") ? "~/" + ShellWords.quote(path.substring(2)) : ShellWords.quote(path);
    }
}
