package bgjob.core;

import bgjob.job.Job;
import bgjob.log.LogDiff;

/**
 * Two runs side by side.
 *
 * @param before the one that is compared with
 * @param after the one in question
 * @param log how their logs differ
 */
public record Comparison(Job before, Job after, LogDiff log) {
}
