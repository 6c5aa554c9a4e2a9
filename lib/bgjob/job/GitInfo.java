package bgjob.job;

/**
 * The repository as it was when the job started.
 *
 * @param sha the commit in full, or null where there is none
 * @param branch the branch's short name, or null when HEAD is detached or there is no repository
 * @param dirty whether git status listed anything; null when git could not say
 */
public record GitInfo(String sha, String branch, Boolean dirty) {
}
