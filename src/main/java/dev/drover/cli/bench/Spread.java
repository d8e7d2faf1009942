package dev.drover.cli.bench;

import java.util.Collection;

/** Numbers in order of size. */
final class Spread {
    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalStateException("nothing was measured");
        }
        return new Spread(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    static double median(Collection<Double> values) {
        return of(values).at(0.5);
    }

    /** The value below which that part of all values lies, from 0 (the least) to 1 (the most). */
    double at(double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
