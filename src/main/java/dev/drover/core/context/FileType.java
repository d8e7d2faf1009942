package dev.drover.core.context;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of files that text is read from. */
public enum FileType {
    TXT,
    PDF,
    DOCX,
    CSV,
    MD,
    JSON;

    /** As it is stored and shown; also the extension of such files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the name of a file says it is; empty when it says nothing, or something else. */
    public static Optional<FileType> ofName(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> name.contains(".") && type.word().equals(extension))
                .findFirst();
    }

    /** All of them, as people write them. */
    public static String listed() {
        return Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "));
    }
}
