package bench;

import java.util.Arrays;
import java.util.Random;

/** Medians, percentiles, and ratios of what was measured in the same round. */
public final class Statistics {
    private static final int RESAMPLES = 2000;
    private static final long SEED = 20_261_121; // the same figures give the same page

    private Statistics() {
    }

    /**
     * A figure and the interval around it.
     *
     * @param low lower end
     * @param high upper end
     */
    public record Estimate(double value, double low, double high) {
    }

    /** @return the value below which that share of the values lies, between two of them by proportion */
    public static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    public static double median(double[] values) {
        return percentile(values, 0.5);
    }

    /** @return the median, and where nine tenths of the values lie */
    public static Estimate spread(double[] values) {
        return new Estimate(median(values), percentile(values, 0.05), percentile(values, 0.95));
    }

    /** @return the median, and by bootstrap the interval that holds it with 95 % confidence */
    public static Estimate medianWithConfidence(double[] values) {
        Random random = new Random(SEED);
        double[] medians = new double[RESAMPLES];
        double[] resample = new double[values.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < resample.length; j++) {
                resample[j] = values[random.nextInt(values.length)];
            }
            medians[i] = median(resample);
        }
        return new Estimate(median(values), percentile(medians, 0.025), percentile(medians, 0.975));
    }

    /** @return the median of {@code ours[i] / base[i]}: what a drift of the machine does to both falls out */
    public static Estimate ratio(double[] ours, double[] base) {
        double[] ratios = new double[ours.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours[i] / base[i];
        }
        return medianWithConfidence(ratios);
    }
}
