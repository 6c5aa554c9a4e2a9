package bgjob.script;

import bgjob.job.Batch;
import bgjob.job.Limits;
import bgjob.job.ShellWords;
import java.util.List;

/** What the job script of a batch has in front of its part batch.sh: how many items, and the command as a function of one. */
final class BatchPart {
    private BatchPart() {
    }

    static String head(Batch batch, List<String> command, Limits limits) {
        StringBuilder codes = new StringBuilder();
        for (int code : limits.retryOn()) {
            codes.append(codes.length() == 0 ? "" : " ").append(code);
        }
        StringBuilder text = new StringBuilder("\nbgjob_count=").append(batch.items().size())
                .append(" bgjob_slots=").append(Math.min(batch.slots(), batch.items().size()))
                .append(" bgjob_item_retry=").append(limits.retry()).append(" bgjob_item_delay=").append(limits.retryDelay())
                .append(" bgjob_item_retry_on='").append(codes).append("'\nbgjob_words() {\n  bgjob_become");
        for (String word : command) {
            text.append(' ').append(word(word));
        }
        return text.append("\n}\n").toString();
    }

    /** The number is $1 there and the item $2; in double quotes both stay what they are. */
    private static String word(String word) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        int i = 0;
        while (i < word.length()) {
            String value = word.startsWith(Batch.ITEM, i) ? "\"$2\"" : word.startsWith(Batch.NUMBER, i) ? "\"$1\"" : null;
            if (value == null) {
                i++;
                continue;
            }
            text.append(i > start ? ShellWords.quote(word.substring(start, i)) : "").append(value);
            i += value.equals("\"$2\"") ? Batch.ITEM.length() : Batch.NUMBER.length();
            start = i;
        }
        return text.append(start < word.length() || word.isEmpty() ? ShellWords.quote(word.substring(start)) : "").toString();
    }
}
