package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.api.http.Frame;
import dev.drover.api.http.Frames;
import dev.drover.api.http.JsonCodec;
import dev.drover.core.conversation.StartedTalk;
import dev.drover.core.model.Delta;
import dev.drover.core.run.Entry;
import dev.drover.core.run.Event;
import dev.drover.core.run.EventKind;
import dev.drover.core.run.Follower;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The steps of a run as frames, each as soon as it is finished (contract, section 3.7). */
final class MakeFrames implements Frames {
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final StartedTalk talk;
    private final Follower follower;
    private final Wish wish;
    private final Runnable abandoned;
    private final MakeSteps steps;
    private final MakeAnswer.Story story;

    /** @param abandoned what is done when the reader goes away before the end */
    MakeFrames(StartedTalk talk, Follower follower, Wish wish, Runnable abandoned) {
        this.talk = talk;
        this.follower = follower;
        this.wish = wish;
        this.abandoned = abandoned;
        this.steps = new MakeSteps(talk.run().id());
        this.story = new MakeAnswer.Story(talk.run(), talk.thread(), talk.structured());
    }

    /**
     * From where, whether the whole answer comes at the end, and whether an answer is told while it is being written.
     */
    record Wish(long after, boolean withResult, boolean withPieces) {
        Set<EventKind> kinds() {
            EnumSet<EventKind> kinds = EnumSet.copyOf(MakeSteps.KINDS);
            if (withPieces) {
                kinds.add(EventKind.MODEL_SPOKE);
            }
            return kinds;
        }

        Wish behind(long seq) {
            return new Wish(seq, withResult, withPieces);
        }

        /** Where the log is read from: a whole answer needs all of it. */
        long from() {
            return withResult ? 0 : after;
        }
    }

    /** Some words of an answer that is not whole yet. */
    @CamelCase
    record Piece(String kind, String text) {
        static Piece of(Delta delta) {
            return new Piece(delta instanceof Delta.Thinking ? "thinking" : "text", delta.text());
        }
    }

    @Override
    public List<Frame> next(Duration atMost) throws InterruptedException {
        List<Frame> frames = new ArrayList<>();
        for (Event event : arrived(atMost)) {
            if (wish.withResult()) {
                story.take(event);
            }
            if (event.seq() > wish.after()) {
                add(frames, event);
            }
        }
        return frames;
    }

    /** Readers are rung for at steps alone, so that who wants pieces has to look by himself. */
    private List<Event> arrived(Duration atMost) throws InterruptedException {
        if (!wish.withPieces()) {
            return follower.next(atMost);
        }
        long deadline = System.nanoTime() + atMost.toNanos();
        List<Event> events;
        long left;
        do {
            left = deadline - System.nanoTime();
            events = follower.next(Duration.ofNanos(Math.min(left, GLANCE.toNanos())));
        } while (events.isEmpty() && !follower.ended() && left > 0);
        return events;
    }

    private void add(List<Frame> frames, Event event) {
        steps.of(event).ifPresent(step -> frames.add(frame(event, "step", JsonCodec.line(step.frame()))));
        switch (event.entry()) {
            case Entry.Failed failed -> frames.add(frame(event, "error", MakeFailure.body(MakeFailure.of(failed))));
            case Entry.Stopped stopped -> frames.add(frame(event, "error", MakeFailure.body(MakeFailure.of(stopped))));
            case Entry.ModelSpoke spoke
            when wish.withPieces() -> frames.add(frame(event, "piece", JsonCodec.line(Piece.of(spoke.delta()))));
            case Entry.Completed completed
            when wish.withResult() ->
                frames.add(frame(event, "result", JsonCodec.line(story.completed(event, completed))));
            default -> {
                // Everything else was told by its step, or is none.
            }
        }
    }

    private Frame frame(Event event, String name, String data) {
        return new Frame(MakeIds.frame(talk.run(), event.seq()).toString(), name, data);
    }

    @Override
    public boolean ended() {
        return follower.ended();
    }

    @Override
    public void abandoned() {
        abandoned.run();
    }

    @Override
    public void close() {
        follower.close();
    }
}
