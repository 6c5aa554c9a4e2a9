package bgjob.web;

import bgjob.core.Jobs;
import java.io.File;

/**
 * One directory of records on the page.
 *
 * @param key what names it in addresses, one word
 * @param jobs its jobs
 */
record Repo(String key, Jobs jobs) {

    /** @return the directory that the records are about: where {@code .logs} lies, or the directory itself */
    String root() {
        File logs = new File(jobs.directory());
        return logs.getName().equals(".logs") && logs.getParent() != null ? logs.getParent() : logs.getPath();
    }
}
