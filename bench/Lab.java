package bench;

import java.util.List;

/**
 * What the parts measure with.
 *
 * @param jdks the newest first
 */
record Lab(Plan plan, Place place, Subject bgjob, Peers peers, List<Jdk> jdks) {
    Jdk newest() {
        return jdks.get(0);
    }
}
