package bgjob.web;

import bgjob.core.JobFilter;
import bgjob.core.Jobs;
import bgjob.core.Statistics;
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
        boolean alone = directories.size() == 1;
        for (Jobs jobs : directories) {
            String name = word(new File(new Repo("", jobs, alone).root()).getName());
            String key = name;
            for (int n = 2; !taken.add(key); n++) {
                key = name + "-" + n;
            }
            all.add(new Repo(key, jobs, alone));
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
     * @param key where, or null for all directories: the first one that has the id, or the newest job of the label in any
     * @throws BgjobException of kind NOT_FOUND, with near names
     */
    Found find(String name, String key) {
        Found newest = null;
        BgjobException missing = null;
        for (Repo repo : named(key)) {
            try {
                Found found = new Found(repo, repo.jobs().find(name));
                if (found.id().toString().equals(name)) {
                    return found;
                }
                newest = newest == null || found.id().compareTo(newest.id()) > 0 ? found : newest;
            } catch (BgjobException e) {
                missing = missing == null ? e : missing;
            }
        }
        if (newest == null) {
            throw missing;
        }
        return newest;
    }

    /**
     * @param key a directory's key, or null for all
     * @param label only this label, or null for all
     * @param since only jobs created at or after this time, milliseconds since 1970 UTC; 0 for all
     * @return what the records of one or all directories add up to
     */
    Statistics statistics(String key, String label, long since) {
        List<Jobs> jobs = new ArrayList<>();
        named(key).forEach(repo -> jobs.add(repo.jobs()));
        return Jobs.statistics(jobs, label, since);
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
