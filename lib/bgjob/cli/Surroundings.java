package bgjob.cli;

import java.util.Map;

/**
 * What a verb has to work with.
 *
 * @param opener opens the jobs of a directory
 * @param terminal where to print
 * @param environment the caller's environment
 * @param cwd the current directory, absolute
 * @param user who calls
 * @param called how the program was called, for the lines to type next
 * @param site serves the dashboard, or null where this is not the script that does
 */
public record Surroundings(Opener opener, Terminal terminal, Map<String, String> environment, String cwd, String user, String called,
        Site site) {
}
