package dev.drover.core;

/** JSON as text that the core carries and never reads; the rings outside parse and write it. */
public record Json(String text) {
    public static final Json EMPTY_OBJECT = new Json("{}");

    /** The object with a single {@code error} string that stands for a tool result gone wrong. */
    public static Json error(String message) {
        return new Json("{\"error\":" + quote(message) + "}");
    }

    /** A JSON string. Half a surrogate pair is no character and becomes U+FFFD, so that any UTF-8 writer takes it. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(character -> append(quoted, character));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, int character) {
        switch (character) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
                if (character < 0x20 || character == 0x7F) {
                    quoted.append("\\u%04x".formatted(character));
                } else if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
                    quoted.append('\uFFFD');
                } else {
                    quoted.appendCodePoint(character);
                }
            }
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
