package bgjob.progress;

import bgjob.job.Progress.Source;

/** Lines of programs that move bytes or items past a bar. Each reader returns null for a line that is not its own. */
final class Transfers {
    private static final int CURL_COLUMNS = 12;

    private Transfers() {
    }

    /** {@code name:  63%|######3   | 63/100 [00:06<00:03, 10.00it/s]}. */
    static Found tqdm(String line) {
        int bar = line.indexOf("%|");
        int end = bar < 0 || line.charAt(line.length() - 1) != ']' ? -1 : line.indexOf("| ", bar + 2);
        if (end < 0) {
            return null;
        }
        int digits = bar;
        while (digits > 0 && Text.digit(line.charAt(digits - 1))) {
            digits--;
        }
        Text text = new Text(line).from(digits);
        long percent = text.number();
        text.from(end + 2).blanks();
        double done = text.scaled(1000);
        double total = text.skip("/") ? text.scaled(1000) : -1;
        if (percent < 0 || done < 0 || total <= 0 || !text.skip(" [") || text.clock() < 0 || !text.skip("<")) {
            return null;
        }
        String name = line.substring(0, digits).strip();
        Found found = new Found(Source.TQDM, true).count(Math.round(done), Math.round(total)).percent(percent)
                .item(name.endsWith(":") ? name.substring(0, name.length() - 1) : name);
        found.eta = text.clock();
        text.skip("?");
        if (text.skip(", ")) {
            rate(text, found);
        }
        return found;
    }

    /** {@code 10.00it/s}, {@code 8.40MB/s}, or for what is slow {@code 2.50s/it}. */
    private static void rate(Text text, Found found) {
        double n = text.scaled(1000);
        boolean slow = text.skip("s/");
        if (n > 0) {
            found.rate = slow ? 1 / n : n;
        }
    }

    /** {@code 1,234,567  63%   10.00MB/s    0:00:03 (xfr#12, to-chk=34/56)}. */
    static Found rsync(String line) {
        Text text = new Text(line);
        if (text.blanks() == 0 || !Text.digit(text.next())) {
            return null;
        }
        long bytes = text.grouped();
        if (bytes < 0 || text.blanks() == 0) {
            return null;
        }
        long percent = text.number();
        if (percent < 0 || !text.skip("%") || text.blanks() == 0) {
            return null;
        }
        Found found = new Found(Source.RSYNC, true);
        found.rate = text.scaled(1024);
        if (found.rate < 0 || !text.skip("B/s") || text.blanks() == 0) {
            return null;
        }
        long left = text.clock();
        if (left < 0) {
            return null;
        }
        found.current = bytes;
        found.percent(percent);
        int check = line.indexOf("-chk=", text.at());
        if (check < 0) {
            found.eta = left;
            return text.skip("  ") ? found : null;
        }
        text.from(check + 5); // behind the last of a file stands how long it took, not how long is left
        long files = text.number();
        long total = text.skip("/") ? text.number() : -1;
        if (files < 0 || total <= 0 || !text.skip(")")) {
            return null;
        }
        if (percent < 100) {
            return found;
        }
        // --progress, where the share is that of each file; or all is done
        Found counted = new Found(Source.RSYNC, true).count(total - files, total);
        counted.phase = "files";
        return counted;
    }

    /** Whether the line of rsync's says what the lines without a number of files are about. */
    static boolean tellsRsyncsMode(String line) {
        return line.indexOf("-chk=") > 0 && rsync(line) != null;
    }

    /** curl's meter, twelve columns; and {@code ####   63.0%}, with {@code -#}. */
    static Found curl(String line) {
        Text text = new Text(line);
        if (text.run("#") > 0) {
            text.blanks();
            double percent = text.decimal();
            return percent >= 0 && line.charAt(line.length() - 3) == '.' && text.skip("%") && text.end()
                    ? new Found(Source.CURL, true).percent((int) percent)
                    : null;
        }
        if (line.length() < 60 || line.charAt(0) != ' ' && !Text.digit(line.charAt(0))) {
            return null;
        }
        String[] columns = new String[CURL_COLUMNS];
        for (int i = 0; i < CURL_COLUMNS; i++) {
            text.blanks();
            int from = text.at();
            text.run("0123456789.:-kMGTPdhys");
            columns[i] = line.substring(from, text.at());
            if (columns[i].isEmpty() || i < CURL_COLUMNS - 1 && text.next() != ' ') {
                return null;
            }
        }
        if (!text.end() && !line.substring(text.at()).isBlank() || !columns[10].equals("--:--:--") && new Text(columns[10]).clock() < 0) {
            return null;
        }
        return meter(columns);
    }

    private static Found meter(String[] columns) {
        double percent = new Text(columns[0]).decimal();
        double total = new Text(columns[1]).scaled(1024);
        double down = new Text(columns[3]).scaled(1024);
        double up = new Text(columns[5]).scaled(1024);
        boolean uploads = down == 0 && up > 0;
        double speed = new Text(columns[uploads ? 7 : 6]).scaled(1024);
        if (percent < 0 || total <= 0 || down < 0 || up < 0 || speed < 0) {
            return null;
        }
        Found found = new Found(Source.CURL, true).percent((int) percent)
                .count(Math.min(Math.round(uploads ? up : down), Math.round(total)), Math.round(total));
        found.rate = speed;
        found.eta = new Text(columns[10]).clock();
        return found;
    }

    /** {@code 50K .......... ..........  63% 1.00M 3s}, a line for each 500 KiB or so. */
    static Found wgetDots(String line) {
        int percent = line.indexOf('%');
        Text text = new Text(line);
        text.blanks();
        double size = text.number() * 1024.0;
        if (percent < 0 || size < 0 || !text.skip("K ") || text.run(". ") == 0) {
            return null;
        }
        long share = text.number();
        if (share < 0 || text.at() != percent || text.from(percent + 1).blanks() == 0) {
            return null;
        }
        Found found = new Found(Source.WGET, true).percent(share);
        found.current = Math.round(size);
        found.rate = text.scaled(1024);
        if (text.skip("=")) {
            found.eta = 0;
        } else if (text.blanks() > 0) {
            found.eta = span(text);
        }
        return found;
    }

    /** {@code name  63%[=====>   ] 6.30M 1.00MB/s  eta 3s}, wget's bar. */
    static Found wgetBar(String line) {
        int percent = line.indexOf("%[");
        int digits = percent;
        while (digits > 0 && Text.digit(line.charAt(digits - 1))) {
            digits--;
        }
        if (percent < 1 || digits == percent) {
            return null;
        }
        long share = new Text(line).from(digits).number();
        Text text = new Text(line).from(percent + 2);
        if (share < 0 || text.run("=+> <-") == 0 || !text.skip("]") || text.blanks() == 0) {
            return null;
        }
        double bytes = text.scaled(1024);
        if (bytes < 0 || text.blanks() == 0) {
            return null;
        }
        Found found = new Found(Source.WGET, true).percent(share).item(line.substring(0, digits));
        found.current = Math.round(bytes);
        double speed = text.scaled(1024);
        found.rate = text.skip("B/s") ? speed : -1;
        text.blanks();
        found.eta = text.skip("eta ") ? span(text) : share == 100 ? 0 : -1;
        return found;
    }

    /** A length of time such as {@code 3s}, {@code 1m 30s}, {@code 2h5m}; -1 where none stands here. */
    private static long span(Text text) {
        long sum = -1;
        while (Text.digit(text.next())) {
            long n = text.number();
            long unit = text.skip("d") ? 86_400 : text.skip("h") ? 3600 : text.skip("m") ? 60 : text.skip("s") ? 1 : -1;
            if (n < 0 || unit < 0) {
                return -1;
            }
            sum = Math.max(sum, 0) + n * unit;
            text.blanks();
        }
        return sum;
    }
}
