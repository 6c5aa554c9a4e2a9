package e2e.web;

import bgjob.support.Await;
import bgjob.support.Tool;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import javax.imageio.ImageIO;
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
public final class Browser implements AutoCloseable {
    private final Site site;
    private final ChromeDriver driver;

    public Browser(Site site) {
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

    public ChromeDriver driver() {
        return driver;
    }

    Browser size(int width, int height) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        driver.manage().window().setSize(new Dimension(width, height));
        return this;
    }

    /** Enters by the address that was printed. */
    public Browser enter() {
        driver.get(site.address());
        return this;
    }

    public Browser open(String path) {
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

    public void await(String css, String text) {
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

    public Object script(String text, Object... arguments) {
        return driver.executeScript(text, arguments);
    }

    /** @return what the browser's console complained of: refused by the policy, failed to load, threw */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue()).map(LogEntry::getMessage).toList();
    }

    void screenshot(Path file) throws IOException {
        BufferedImage full = ImageIO.read(new ByteArrayInputStream(driver.getScreenshotAs(OutputType.BYTES)));
        ImageIO.write(reduced(full), "png", file.toFile());
    }

    /** The same in its 256 most frequent colours, which is a third of the bytes and looks alike. */
    private static BufferedImage reduced(BufferedImage full) {
        Map<Integer, Integer> counts = new HashMap<>();
        int[] pixels = full.getRGB(0, 0, full.getWidth(), full.getHeight(), null, 0, full.getWidth());
        for (int pixel : pixels) {
            counts.merge(pixel & 0xffffff, 1, Integer::sum);
        }
        int[] palette = counts.entrySet().stream().sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed()).limit(256).mapToInt(Map.Entry::getKey).toArray();
        IndexColorModel colours = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(full.getWidth(), full.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
        Map<Integer, Integer> nearest = new HashMap<>();
        for (int i = 0; i < pixels.length; i++) {
            int n = nearest.computeIfAbsent(pixels[i] & 0xffffff, colour -> nearest(palette, colour));
            image.getRaster().setSample(i % full.getWidth(), i / full.getWidth(), 0, n);
        }
        return image;
    }

    private static int nearest(int[] palette, int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (palette[i] >> shift & 255) - (colour >> shift & 255);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
