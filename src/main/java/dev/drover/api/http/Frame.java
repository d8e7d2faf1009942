package dev.drover.api.http;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event as the WHATWG HTML standard has it, or several that go out together; put into bytes once for
 * all who are sent it.
 */
public final class Frame {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");

    private final String id;
    private final String event;
    private final String data;
    private final List<Frame> parts;
    private volatile @Nullable Styled styled;

    private record Styled(SseStyle style, Chunk chunk) {}

    /**
     * One that nobody was sent yet.
     *
     * @param id of one line, and so is its name
     * @param data usually a line of JSON
     */
    public Frame(String id, String event, String data) {
        this(id, event, data, List.of());
    }

    private Frame(String id, String event, String data, List<Frame> parts) {
        this.id = id;
        this.event = event;
        this.data = data;
        this.parts = parts;
    }

    /** One after the other; there is at least one. */
    static Frame together(List<Frame> frames) {
        return frames.size() == 1 ? frames.getFirst() : new Frame("", "", "", List.copyOf(frames));
    }

    /** As it is sent. */
    Chunk chunk(SseStyle style) {
        Styled known = styled;
        if (known == null || known.style != style) {
            known = new Styled(style, Chunk.of(text(style)));
            styled = known;
        }
        return known.chunk;
    }

    private String text(SseStyle style) {
        if (!parts.isEmpty()) {
            return parts.stream().map(part -> part.text(style)).collect(Collectors.joining());
        }
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
