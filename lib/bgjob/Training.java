package bgjob;

/**
 * Does what users do most, in a scratch directory, so that a start-up archive holds the classes that takes
 * (lib/launch/train.sh). Its only argument is that directory, which must be the current one.
 */
public final class Training {
    private Training() {
    }

    public static void main(String[] args) throws ClassNotFoundException {
        Class.forName("bgjob"); // the front door, which no package can import
        Wiring wiring = new Wiring();
        String dir = "--dir=" + args[0] + "/.logs";
        String[][] calls = {
            {"run", "train", dir, "--", "true"}, {"wait", "train", dir}, {"status", "train", dir}, {"status", "train", "--json", dir},
            {"list", dir}, {"list", "-n", "20", dir}, {"latest", "train", dir}, {"logs", "train", "-n", "5", dir}, {"follow", "train", dir},
            {"run", "train", dir, "--", "sh", "-c", "echo x; exec sleep 60"}, {"--help"}, {"status", "--help"}, {"--version"},
            {"run", "count", dir, "--", "sh", "-c", "echo 'x.py . [ 50%]'; exec sleep 60"}, {"status", "trian", dir}, {"statsu"}, {"status", "--nope"},
            {"wait", "count", "--timeout", "300ms", dir}, // so that it has printed
            {"status", "train", dir}, {"list", dir}, {"status", "count", "--json", dir}, {"stop", "train", "count", dir}};
        for (String[] call : calls) {
            wiring.cli().run(call);
        }
    }
}
