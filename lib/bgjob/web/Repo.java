package bgjob.web;

import bgjob.core.Jobs;
import java.io.File;

/**
 * One directory of records on the page.
 *
 * @param key what names it in addresses, one word
 * @param jobs its jobs
 * @param alone whether it is the only one there
 */
record Repo(String key, Jobs jobs, boolean alone) {

    /** @return the key for those who have to tell directories apart, or null where there is but one */
    String told() {
        return alone ? null : key;
    }

    /** @return what an address of one of its jobs ends with, so that it leads to no other directory */
    String query() {
        return alone ? "" : "?repo=" + key;
    }

    /** @return the directory that the records are about: where {@code .logs} lies, or the directory itself */
    String root() {
        File logs = new File(jobs.directory());
        return logs.getName().equals(".logs") && logs.getParent() != null ? logs.getParent() : logs.getPath();
    }
}
