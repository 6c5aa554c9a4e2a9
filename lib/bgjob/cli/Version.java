package bgjob.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as CHANGELOG.md has it; a test compares them. */
final class Version implements IVersionProvider {
    static final String NUMBER = "0.1.0";

    @Override
    public String[] getVersion() {
        return new String[] {"bgjob " + NUMBER};
    }
}
