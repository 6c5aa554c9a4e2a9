package e2e.web;

import bgjob.support.Await;
import bgjob.support.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementClickInterceptedException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A real Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {
    private final Site site;
    private final ChromeDriver driver;

    Browser(Site site) {
        this.site = site;
        String chromium = Tool.need("chromium");
        String chromedriver = Tool.need("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--force-color-profile=srgb", "--lang=en-GB",
                "--user-data-dir=" + site.base().resolve("profile"));
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logging);
        ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(new File(chromedriver)).usingAnyFreePort()
                .withEnvironment(Map.of("HOME", site.base().resolve("home").toString(), "TZ", "UTC", "LANGUAGE", "en_GB",
                "BGJOB_TEST_RUN", System.getProperty("bgjob.testRun", "by hand"))).build();
        this.driver = new ChromeDriver(service, options);
        size(1280, 900);
    }

    ChromeDriver driver() {
        return driver;
    }

    Browser size(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** Enters by the address that was printed. */
    Browser enter() {
        driver.get(site.address());
        return this;
    }

    Browser open(String path) {
        driver.get("http://127.0.0.1:" + site.port() + path);
        return this;
    }

    WebElement find(String css) {
        return Await.value("there is " + css + " on " + driver.getCurrentUrl(), () -> driver.findElements(By.cssSelector(css)).stream().findFirst().orElse(null));
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** @return the text of the first such element, or an empty one; pages change under the hands of a test */
    String text(String css) {
        try {
            return all(css).stream().findFirst().map(WebElement::getText).orElse("");
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    void await(String css, String text) {
        try {
            Await.until(css + " says '" + text + "'", () -> text(css).contains(text));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it says: " + text(css) + "\n" + complaints(), e);
        }
    }

    /** Clicks what the page may just be drawing anew. */
    void click(String css) {
        Await.until(css + " can be clicked", () -> {
            try {
                find(css).click();
                return true;
            } catch (StaleElementReferenceException | ElementClickInterceptedException e) {
                return false;
            }
        });
    }

    Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    /** @return what the browser's console complained of: refused by the policy, failed to load, threw */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()).map(LogEntry::getMessage).toList();
    }

    void screenshot(Path file) throws IOException {
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
