package dev.drover.cli.bench;

/** What a figure is to reach. */
public record Target(Bound bound, double value, String unit) {
    /** Which side of the value is good. */
    public enum Bound {
        AT_MOST,
        AT_LEAST,
        /** There is no target: the figure is told because it helps to read another. */
        NONE
    }

    static Target atMost(double value, String unit) {
        return new Target(Bound.AT_MOST, value, unit);
    }

    static Target atLeast(double value, String unit) {
        return new Target(Bound.AT_LEAST, value, unit);
    }

    static Target none(String unit) {
        return new Target(Bound.NONE, 0, unit);
    }

    public boolean isMetBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= value;
            case AT_LEAST -> measured >= value;
            case NONE -> true;
        };
    }
}
