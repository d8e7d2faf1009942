package dev.drover.core.model;

/**
 * What a tool shows to a model that can see.
 *
 * @param mediaType as {@code image/png}
 * @param base64 the picture's bytes
 */
public record Picture(String mediaType, String base64) {
    public int bytes() {
        return base64.length() / 4 * 3;
    }

    @Override
    public String toString() {
        return "Picture[" + mediaType + ", " + bytes() + " bytes]";
    }
}
