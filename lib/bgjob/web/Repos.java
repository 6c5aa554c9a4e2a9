package bgjob.web;

import bgjob.core.JobFilter;
import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The directories on the page, and the jobs of all of them in one order. */
final class Repos {
    private final List<Repo> all = new ArrayList<>();

    Repos(List<Jobs> directories) {
        Set<String> taken = new HashSet<>();
        for (Jobs jobs : directories) {
            String name = word(new File(new Repo("", jobs).root()).getName());
            String key = name;
            for (int n = 2; !taken.add(key); n++) {
                key = name + "-" + n;
            }
            all.add(new Repo(key, jobs));
        }
    }

    private static String word(String name) {
        StringBuilder word = new StringBuilder();
        for (char c : name.toCharArray()) {
            word.append(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '_' ? c : '-');
        }
        return word.length() == 0 || word.charAt(0) == '.' ? "repo" + word : word.toString();
    }

    List<Repo> all() {
        return all;
    }

    boolean several() {
        return all.size() > 1;
    }

    /** A job and where it is recorded. */
    record Found(Repo repo, JobId id) {
        Job job() {
            return repo.jobs().inspect(id);
        }

        Jobs jobs() {
            return repo.jobs();
        }
    }

    /**
     * @param key a directory's key, or null or empty for all
     * @throws BgjobException of kind NOT_FOUND
     */
    List<Repo> named(String key) {
        if (key == null || key.isEmpty()) {
            return all;
        }
        for (Repo repo : all) {
            if (repo.key().equals(key)) {
                return List.of(repo);
            }
        }
        throw BgjobException.notFound("there is no repository '" + key + "' here");
    }

    /**
     * @param name a job id or a label, as in the CLI
     * @param key where, or null for the first directory that has it
     * @throws BgjobException of kind NOT_FOUND, with near names
     */
    Found find(String name, String key) {
        BgjobException missing = null;
        for (Repo repo : named(key)) {
            try {
                return new Found(repo, repo.jobs().find(name));
            } catch (BgjobException e) {
                missing = missing == null ? e : missing;
            }
        }
        throw missing;
    }

    /** @return the newest jobs of one or all directories, newest first */
    List<Entry> list(String key, JobFilter filter) {
        List<Entry> entries = new ArrayList<>();
        for (Repo repo : named(key)) {
            for (Job job : repo.jobs().list(filter)) {
                entries.add(new Entry(repo, job));
            }
        }
        if (several()) {
            entries.sort(Comparator.comparing((Entry entry) -> entry.job().id()).reversed());
        }
        return filter.most() > 0 && entries.size() > filter.most() ? entries.subList(0, filter.most()) : entries;
    }

    /** A job in a list. */
    record Entry(Repo repo, Job job) {
    }
}
