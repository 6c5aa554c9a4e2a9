package bgjob.install;

import java.util.List;

/**
 * What an install has done.
 *
 * @param command the command's path
 * @param aliases the names of the short commands beside it
 * @param java the Java it runs on
 * @param why why that one
 * @param archive how it stands with the start-up archive, in a few words
 * @param skipped completion files of somebody else's that were left alone
 * @param notes sentences: what is left for the user to do, or to know
 */
public record Receipt(String command, List<String> aliases, String java, String why, String archive, List<String> skipped, List<String> notes) {
}
