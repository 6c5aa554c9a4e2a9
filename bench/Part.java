package bench;

/** One thing that is measured, and its section of the page. */
interface Part {
    /** @return its name behind {@code --only} */
    String name();

    void measure(Lab lab, Page page) throws Exception;
}
