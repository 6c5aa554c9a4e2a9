package bgjob.web;

import bgjob.core.Jobs;
import bgjob.job.BgjobException;
import bgjob.job.Job;
import bgjob.job.JobId;
import bgjob.job.JobState;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One page of the jobs that pass a filter. What has ended is read once and remembered for as long as nothing is added to its record:
 * what {@code --on-exit} asked for may still run.
 */
final class Shelf {
    private static final int REMEMBERED = 12_000;

    private final Repos repos;
    private final Map<String, Ended> ended = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ended> eldest) {
            return size() > REMEMBERED;
        }
    });

    Shelf(Repos repos) {
        this.repos = repos;
    }

    /**
     * Which jobs.
     *
     * @param repo a directory's key, or null for all
     * @param states only these; empty for all
     * @param text only jobs with it in their id or command, or null
     * @param label only this label, or null
     * @param offset how many are left out at the beginning
     * @param limit how many at most
     */
    record Query(String repo, Set<JobState> states, String text, String label, int offset, int limit) {
        boolean plain() {
            return states.isEmpty() && text == null && label == null;
        }
    }

    /** A page, and whether there are more behind it; {@code total} is -1 where nobody counted. */
    record Page(List<Repos.Entry> jobs, boolean more, int total) {
    }

    /** A job, and how long its record was before it was read. */
    private record Ended(Job job, long length) {
        boolean holds() {
            return length == new File(job.files().meta()).length();
        }
    }

    private record Place(Repo repo, JobId id) {
    }

    Page page(Query query) {
        List<Place> places = places(query);
        List<Repos.Entry> page = new ArrayList<>();
        int passed = 0;
        for (int i = query.plain() ? Math.min(query.offset(), places.size()) : 0; i < places.size(); i++) {
            Place place = places.get(i);
            if (page.size() == query.limit() && query.plain()) {
                return new Page(page, true, places.size());
            }
            Job job = job(place);
            if (job == null || !passes(query, job)) {
                continue;
            }
            if (passed++ < (query.plain() ? 0 : query.offset())) {
                continue;
            }
            if (page.size() == query.limit()) {
                return new Page(page, true, -1);
            }
            page.add(new Repos.Entry(place.repo(), job));
        }
        return new Page(page, false, query.plain() ? places.size() : passed);
    }

    private List<Place> places(Query query) {
        List<Place> places = new ArrayList<>();
        for (Repo repo : repos.named(query.repo())) {
            for (JobId id : repo.jobs().ids(0)) {
                if (query.label() == null || id.label().equals(query.label())) {
                    places.add(new Place(repo, id));
                }
            }
        }
        if (repos.several()) {
            places.sort(Comparator.comparing(Place::id).reversed());
        }
        return places;
    }

    private Job job(Place place) {
        String key = place.repo().key() + "/" + place.id();
        Ended known = ended.get(key);
        if (known != null && known.holds()) {
            return known.job();
        }
        Jobs jobs = place.repo().jobs();
        long length = new File(jobs.files(place.id()).meta()).length();
        try {
            Job job = jobs.inspect(place.id());
            if (job.exit() != null && !job.active() && job.survivors().isEmpty()) {
                ended.put(key, new Ended(job, length));
            }
            return job;
        } catch (BgjobException e) {
            return null; // removed meanwhile
        }
    }

    private static boolean passes(Query query, Job job) {
        if (!query.states().isEmpty() && (job.state() == null || !query.states().contains(job.state()))) {
            return false;
        }
        if (query.text() == null) {
            return true;
        }
        String text = query.text().toLowerCase(Locale.ROOT);
        return job.id().toString().toLowerCase(Locale.ROOT).contains(text) || String.join(" ", job.command()).toLowerCase(Locale.ROOT).contains(text);
    }
}
