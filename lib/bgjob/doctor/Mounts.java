package bgjob.doctor;

import java.util.ArrayList;
import java.util.List;

/** The mounted file systems, from proc_pid_mountinfo(5): no path is touched, since a dead network mount never answers. */
final class Mounts {
    /**
     * One of them.
     *
     * @param point where it is mounted
     * @param type as in {@code ext4}
     * @param options of the mount and of the file system, commas before, between and behind
     */
    record Mount(String point, String type, String options) {
        boolean has(String option) {
            return options.contains("," + option + ",");
        }

        /** @return the value of {@code name=value} among the options, or null */
        String value(String name) {
            int at = options.indexOf("," + name + "=");
            int start = at + name.length() + 2;
            return at < 0 ? null : options.substring(start, options.indexOf(',', start));
        }
    }

    private final List<Mount> mounts = new ArrayList<>();

    Mounts(Machine machine) {
        String text = machine.text("/proc/self/mountinfo");
        for (String line : text == null ? new String[0] : text.split("\n")) {
            int dash = line.indexOf(" - ");
            String[] front = line.substring(0, Math.max(0, dash)).split(" ");
            String[] back = dash < 0 ? new String[0] : line.substring(dash + 3).split(" ");
            if (front.length >= 6 && back.length >= 3) {
                mounts.add(new Mount(unescaped(front[4]), back[0], "," + front[5] + "," + back[2] + ","));
            }
        }
    }

    /** Blanks, tabs, line feeds and backslashes are written as three octal digits. */
    private static String unescaped(String text) {
        return text.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    }

    /** @return the file system that an absolute path lies on, or null when that is not known; of two at one place the later counts */
    Mount around(String path) {
        Mount best = null;
        for (Mount mount : mounts) {
            String point = mount.point().equals("/") ? "" : mount.point();
            boolean inside = path.equals(point) || path.startsWith(point + "/");
            if (inside && (best == null || mount.point().length() >= best.point().length())) {
                best = mount;
            }
        }
        return best;
    }
}
