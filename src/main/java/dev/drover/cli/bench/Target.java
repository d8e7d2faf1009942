package dev.drover.cli.bench;

import java.util.Locale;

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

    /** As a table shows it. */
    public String words() {
        String most = number(value) + " " + unit;
        return switch (bound) {
            case AT_MOST -> "<= " + most.strip();
            case AT_LEAST -> ">= " + most.strip();
            case NONE -> unit;
        };
    }

    /** Three digits are enough for what is never the same twice. */
    public static String number(double value) {
        String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value).replaceFirst("\\.0+$", "");
    }

    public boolean isMetBy(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= value;
            case AT_LEAST -> measured >= value;
            case NONE -> true;
        };
    }
}
