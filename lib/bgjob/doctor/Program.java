package bgjob.doctor;

import bgjob.install.Installation;

/**
 * This program, as it was started.
 *
 * @param home the checkout or the installation it runs from, or null when no launcher said so
 * @param app the folder of its build, or null
 * @param javaHome the home of its Java
 * @param javaVersion as in {@code 25.0.3+9-LTS}
 * @param javaVendor who built that Java
 * @param encoding what file names and arguments are read in
 * @param installation the installed copy, or null when there is none
 */
public record Program(String home, String app, String javaHome, String javaVersion, String javaVendor, String encoding, Installation installation) {
    /** @return the program that runs this */
    public static Program running(Installation installation) {
        return new Program(System.getProperty("bgjob.home"), System.getProperty("bgjob.app"), System.getProperty("java.home"),
                System.getProperty("java.runtime.version"), System.getProperty("java.vendor"), System.getProperty("sun.jnu.encoding"),
                        installation);
    }
}
