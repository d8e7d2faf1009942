package dev.drover.api.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One server-sent event as the WHATWG HTML standard has it, put into bytes once for all who are sent it. */
public final class Frame {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final String id;
    private final String event;
    private final String data;
    private volatile @Nullable Wire wire;

    private record Wire(SseStyle style, byte[] bytes) {}

    /**
     * One that nobody was sent yet.
     *
     * @param id of one line, and so is its name
     * @param data usually a line of JSON
     */
    public Frame(String id, String event, String data) {
        this.id = id;
        this.event = event;
        this.data = data;
    }

    /** As it is sent. Nobody may change the bytes. */
    byte[] wire(SseStyle style) {
        Wire known = wire;
        if (known == null || known.style != style) {
            known = new Wire(style, text(style).getBytes(StandardCharsets.UTF_8));
            wire = known;
        }
        return known.bytes;
    }

    private String text(SseStyle style) {
        StringBuilder text = new StringBuilder(data.length() + 64);
        switch (style) {
            case SPACED -> {
                field(text, "id: ", id);
                field(text, "event: ", event);
                data(text, "data: ");
            }
            case TIGHT -> {
                field(text, "event:", event);
                field(text, "id:", id);
                data(text, "data:");
            }
        }
        return text.append('\n').toString();
    }

    private static void field(StringBuilder text, String name, String value) {
        text.append(name).append(value).append('\n');
    }

    /** A line break inside would end the field; each line is a data field of its own then. */
    private void data(StringBuilder text, String name) {
        for (String line : LINE_BREAK.split(data, -1)) {
            field(text, name, line);
        }
    }
}
