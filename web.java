///usr/bin/env jbang "$0" "$@" ; exit $?
//DESCRIPTION Serves bgjob's dashboard
//JAVA 17+
//MAIN web
//JAVAC_OPTIONS --release 17 -encoding UTF-8
//DEPS io.javalin:javalin:6.7.0
//DEPS io.pebbletemplates:pebble:3.2.4
//DEPS org.slf4j:slf4j-nop:2.0.17
//DEPS org.webjars.npm:htmx.org:2.0.4
//DEPS org.webjars.npm:picocss__pico:2.1.1
//DEPS org.webjars.npm:chart.js:4.5.1
//FILES bgjob/web/site/ansi.js=lib/bgjob/web/site/ansi.js
//FILES bgjob/web/site/app.js=lib/bgjob/web/site/app.js
//FILES bgjob/web/site/home.html=lib/bgjob/web/site/home.html
//FILES bgjob/web/site/icon.svg=lib/bgjob/web/site/icon.svg
//FILES bgjob/web/site/job.html=lib/bgjob/web/site/job.html
//FILES bgjob/web/site/jobs.html=lib/bgjob/web/site/jobs.html
//FILES bgjob/web/site/layout.html=lib/bgjob/web/site/layout.html
//FILES bgjob/web/site/log.js=lib/bgjob/web/site/log.js
//FILES bgjob/web/site/openapi.json=lib/bgjob/web/site/openapi.json
//FILES bgjob/web/site/problem.html=lib/bgjob/web/site/problem.html
//FILES bgjob/web/site/rows.html=lib/bgjob/web/site/rows.html
//FILES bgjob/web/site/stats.html=lib/bgjob/web/site/stats.html
//FILES bgjob/web/site/stats.js=lib/bgjob/web/site/stats.js
//FILES bgjob/web/site/style.css=lib/bgjob/web/site/style.css
//FILES bgjob/web/site/theme.js=lib/bgjob/web/site/theme.js
//SOURCES bgjob.java
//SOURCES lib/bgjob/WebWiring.java
//SOURCES lib/bgjob/web/Actions.java
//SOURCES lib/bgjob/web/Api.java
//SOURCES lib/bgjob/web/Asked.java
//SOURCES lib/bgjob/web/Assets.java
//SOURCES lib/bgjob/web/Changes.java
//SOURCES lib/bgjob/web/Dashboard.java
//SOURCES lib/bgjob/web/EventStream.java
//SOURCES lib/bgjob/web/Guard.java
//SOURCES lib/bgjob/web/Items.java
//SOURCES lib/bgjob/web/JobStream.java
//SOURCES lib/bgjob/web/Limitations.java
//SOURCES lib/bgjob/web/Live.java
//SOURCES lib/bgjob/web/LogPart.java
//SOURCES lib/bgjob/web/LogSearch.java
//SOURCES lib/bgjob/web/NewJob.java
//SOURCES lib/bgjob/web/Outlet.java
//SOURCES lib/bgjob/web/Pages.java
//SOURCES lib/bgjob/web/Repo.java
//SOURCES lib/bgjob/web/Repos.java
//SOURCES lib/bgjob/web/Secrets.java
//SOURCES lib/bgjob/web/Settings.java
//SOURCES lib/bgjob/web/Shelf.java
//SOURCES lib/bgjob/web/Templates.java
//SOURCES lib/bgjob/web/Texts.java
//SOURCES lib/bgjob/web/View.java

import bgjob.WebWiring;
import bgjob.Wiring;

/** The other front door: the command line with a verb that serves. */
public class web {
    public static void main(String[] args) {
        String[] words = new String[args.length + 1];
        words[0] = "web";
        System.arraycopy(args, 0, words, 1, args.length);
        Wiring wiring = new Wiring();
        int status = wiring.cli(new WebWiring(wiring)).run(words);
        if (status != 0) {
            Runtime.getRuntime().halt(status);
        }
    }
}
