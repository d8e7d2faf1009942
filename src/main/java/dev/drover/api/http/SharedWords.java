package dev.drover.api.http;

import dev.drover.core.run.Event;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What events are called on the wire, found once for all who are told of them at about the same time. Nothing is kept
 * for longer than until the next collection: events may be large.
 */
public final class SharedWords {
    private static final int KEPT = 256;

    private final AtomicReferenceArray<@Nullable WeakReference<Worded>> worded = new AtomicReferenceArray<>(KEPT);
    private final Function<Event, Frame> words;

    public SharedWords(Function<Event, Frame> words) {
        this.words = words;
    }

    /** @param said an event, or a list of events */
    private record Worded(WeakReference<Object> said, Frame frame) {}

    /** Of what was read together, and is sent together; there is at least one. */
    Frame of(List<Event> events) {
        return events.size() == 1
                ? of(events.getFirst())
                : known(
                        events,
                        () -> Frame.together(events.stream().map(this::of).toList()));
    }

    private Frame of(Event event) {
        return known(event, () -> words.apply(event));
    }

    /** By what is the very same, for followers of one log share what was read; equal ones would be compared whole. */
    private Frame known(Object said, Supplier<Frame> wording) {
        int place = Math.floorMod(System.identityHashCode(said), KEPT);
        WeakReference<Worded> last = worded.get(place);
        Worded known = last == null ? null : last.get();
        if (known != null && known.said.refersTo(said)) {
            return known.frame;
        }
        Frame frame = wording.get();
        worded.set(place, new WeakReference<>(new Worded(new WeakReference<>(said), frame)));
        return frame;
    }
}
