package dev.drover.core.egress;

/** Foreign text as it may stand in a message: short, one line. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String of(String text) {
        String line = text.replaceAll("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}]", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
