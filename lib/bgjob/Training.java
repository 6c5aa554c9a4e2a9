package bgjob;

import java.io.File;
import java.io.IOException;

/**
 * Does what users do, in a scratch directory, so that a start-up archive holds the classes that takes (lib/launch/train.sh). Its
 * arguments are that directory, which must be the current one, and {@code hot} for what is typed all day or {@code all} for the rest.
 */
public final class Training {
    private static final String[][] HOT = {
        {"run", "done", "--", "true"}, {"run", "count", "--", "sh", "-c", "echo 'x.py . [ 50%]'; exec sleep 1"},
        {"run", "train", "--", "sh", "-c", "echo x; exec sleep 1"}, {"status", "train"}, {"status", "done"}, {"status", "count"},
        {"run", "done", "--", "sh", "-c", "echo x; exec sleep 1"}, {"status"}, {"list"}, {"list", "-n", "20"}, {"latest", "train"}};
    private static final String[][] ALL = {
        {"stop", "train"}, {"wait", "train"}, {"result", "train"}, {"stats"}, {"status", "train", "--json"}, {"list", "--json"},
        {"logs", "train", "-n", "5"}, {"follow", "train"}, {"--help"}, {"status", "--help"}, {"--version"},
        {"status", "trian"}, {"statsu"}, {"status", "--nope"}};

    private static final int MANY = 500;

    private Training() {
    }

    public static void main(String[] args) throws ClassNotFoundException, IOException {
        Class.forName("bgjob"); // the front door, which no package can import
        Wiring wiring = new Wiring();
        String dir = "--dir=" + args[0] + "/.logs";
        wiring.cli().run(new String[] {"run", "first", dir, "--", "true"});
        for (int i = 0; i < MANY; i++) { // so that there is an index
            new File(args[0] + "/.logs", "other" + i).createNewFile();
        }
        call(wiring, dir, HOT);
        if (args[1].equals("all")) {
            call(wiring, dir, ALL);
        }
    }

    private static void call(Wiring wiring, String dir, String[][] calls) {
        for (String[] call : calls) {
            String[] words = new String[call.length + 1];
            words[0] = dir;
            System.arraycopy(call, 0, words, 1, call.length);
            wiring.cli().run(words);
        }
    }
}
