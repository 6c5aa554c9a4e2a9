///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//SOURCES ../../lib/library.java
class TenLines {
    public static void main(String... args) {
        var jobs = bgjob.Bgjob.open();
        var id = jobs.submit("hello", "echo", "hi");
        System.out.print(jobs.await(id, null).state().word() + ": " + jobs.logs(id, 0).text());
    }
}
