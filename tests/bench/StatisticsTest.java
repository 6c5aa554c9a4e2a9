package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bench.Statistics.Estimate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void a_median_is_in_the_middle_whatever_the_order() {
        assertEquals(3, Statistics.median(new double[] {5, 1, 3}));
        assertEquals(2.5, Statistics.median(new double[] {4, 1, 3, 2}));
        assertEquals(7, Statistics.median(new double[] {7}));
    }

    @Test
    void a_percentile_lies_between_two_values_by_proportion() {
        double[] values = {40, 10, 30, 20, 50};

        assertEquals(10, Statistics.percentile(values, 0));
        assertEquals(50, Statistics.percentile(values, 1));
        assertEquals(48, Statistics.percentile(values, 0.95), 1e-9);
    }

    @Test
    void a_drift_of_the_machine_falls_out_of_a_ratio() {
        double[] base = {10, 20, 40, 80};
        double[] ours = {15, 30, 60, 120};

        assertEquals(new Estimate(1.5, 1.5, 1.5), Statistics.ratio(ours, base));
    }

    @Test
    void the_interval_holds_the_median_and_is_narrower_with_more_rounds() {
        Estimate few = Statistics.medianWithConfidence(noise(10));
        Estimate many = Statistics.medianWithConfidence(noise(1000));

        assertTrue(few.low() < few.value() && few.value() < few.high(), few.toString());
        assertTrue(many.high() - many.low() < (few.high() - few.low()) / 2, few + " " + many);
        assertTrue(many.low() < 100 && 100 < many.high(), many.toString());
    }

    @Test
    void the_values_are_left_in_their_order() {
        double[] values = {3, 1, 2};
        Statistics.spread(values);

        assertEquals(3, values[0]);
    }

    private static double[] noise(int count) {
        Random random = new Random(1);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = 100 + random.nextGaussian();
        }
        return values;
    }
}
