package bgjob;

import bgjob.cli.Site;
import bgjob.core.Jobs;
import bgjob.web.Dashboard;
import bgjob.web.Settings;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Puts the dashboard into the house; part of the script {@code web.java} alone. */
public final class WebWiring implements Site {
    private final Wiring wiring;

    /** @param wiring the house */
    public WebWiring(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public void serve(Wish wish, Consumer<String> opened) {
        List<Jobs> directories = new ArrayList<>();
        for (String dir : wish.directories()) {
            Jobs jobs = wiring.open(dir);
            if (directories.stream().noneMatch(known -> known.directory().equals(jobs.directory()))) {
                directories.add(jobs);
            }
        }
        if (directories.isEmpty()) {
            directories.add(wiring.open(null));
        }
        directories.forEach(jobs -> jobs.ids(1)); // what is no directory is refused now, and not at the first page
        Dashboard dashboard = new Dashboard(directories, new Settings(wish.host(), wish.port(), wish.remote(), System.getenv(),
                new File("").getAbsolutePath(), System.getProperty("user.name", "unknown")));
        String address = dashboard.start();
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            dashboard.close();
            end.countDown();
        }));
        opened.accept(address);
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
