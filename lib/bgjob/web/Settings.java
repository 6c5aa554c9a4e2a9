package bgjob.web;

import java.util.Map;

/**
 * How the dashboard is served.
 *
 * @param host the address to listen on
 * @param port the port, or 0 for any that is free
 * @param remote whether it is meant for other machines too
 * @param environment the caller's
 * @param cwd the caller's current directory, absolute
 * @param user who serves, for the record of what is stopped
 */
public record Settings(String host, int port, boolean remote, Map<String, String> environment, String cwd, String user) {
}
