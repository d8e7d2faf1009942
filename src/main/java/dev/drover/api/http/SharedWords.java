package dev.drover.api.http;

import dev.drover.core.run.Event;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an event is called on the wire, found once for all who are told of it at about the same time. Nothing is kept
 * for longer than until the next collection: events may be large.
 */
public final class SharedWords implements Function<Event, Frame> {
    private static final int KEPT = 256;

    private final AtomicReferenceArray<@Nullable WeakReference<Worded>> worded = new AtomicReferenceArray<>(KEPT);
    private final Function<Event, Frame> words;

    public SharedWords(Function<Event, Frame> words) {
        this.words = words;
    }

    private record Worded(WeakReference<Event> event, Frame frame) {}

    @Override
    public Frame apply(Event event) {
        int place = Math.floorMod(event.run().hashCode() + (int) event.seq(), KEPT);
        WeakReference<Worded> last = worded.get(place);
        Worded known = last == null ? null : last.get();
        // The very same, for followers of one log share what was read; an equal one would have to be compared whole.
        if (known != null && known.event.refersTo(event)) {
            return known.frame;
        }
        Frame frame = words.apply(event);
        worded.set(place, new WeakReference<>(new Worded(new WeakReference<>(event), frame)));
        return frame;
    }
}
