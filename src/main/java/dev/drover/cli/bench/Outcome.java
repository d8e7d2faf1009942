package dev.drover.cli.bench;

import java.util.List;

/** What came of one figure. */
public sealed interface Outcome {
    /** The name by which the figure was chosen. */
    String figure();

    /**
     * A figure that was measured, several times over.
     *
     * @param title what was measured, in a few words
     * @param meaning what the number says and how it came about, in a sentence
     * @param rounds one number for each repeat
     */
    record Reading(String figure, String title, Target target, List<Double> rounds, String meaning) implements Outcome {
        public Reading {
            rounds = List.copyOf(rounds);
        }

        public double median() {
            return Spread.of(rounds).at(0.5);
        }

        public double least() {
            return Spread.of(rounds).at(0);
        }

        public double most() {
            return Spread.of(rounds).at(1);
        }

        public boolean isMet() {
            return target.isMetBy(median());
        }
    }

    /** A figure that this machine did not let us measure, and what to do about it. */
    record Missing(String figure, String reason) implements Outcome {}
}
