package dev.drover.chaos;

import dev.drover.testing.model.Asked;
import dev.drover.testing.model.ScriptedModelServer;
import dev.drover.testing.model.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The model of all runs: it says what their errands say, unless it is slow or broken. */
final class ChaosModel implements AutoCloseable {
    private static final Duration SLOW = Duration.ofMillis(1_500);
    private static final Duration SLOW_PIECE = Duration.ofMillis(150);

    private final Map<String, Errand> errands;
    private final String counter;
    private final ScriptedModelServer server;
    private final AtomicInteger troubles = new AtomicInteger();
    private volatile Fault.Mood mood = Fault.Mood.FINE;

    ChaosModel(List<Errand> errands, String counter) throws IOException {
        this.errands = errands.stream().collect(Collectors.toUnmodifiableMap(Errand::task, Function.identity()));
        this.counter = counter;
        this.server = ScriptedModelServer.start(this::turn);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    void mood(Fault.Mood now) {
        mood = now;
    }

    private Turn turn(Asked asked) {
        Errand errand = errands.get(asked.task());
        if (errand == null) {
            return Turn.text("[]");
        }
        Turn turn = errand.turn(asked.turn(), counter);
        return switch (mood) {
            case FINE -> turn;
            case SLOW -> turn.slowly(SLOW, SLOW_PIECE);
            case BROKEN -> broken(turn);
        };
    }

    /** Each way of being broken in its turn, and every fifth answer is whole. */
    private Turn broken(Turn turn) {
        return switch (troubles.getAndIncrement() % 5) {
            case 0 -> Turn.status(500);
            case 1 -> turn.cutAfter(1);
            case 2 -> Turn.status(503);
            case 3 -> turn.troubleAfter(1, "overloaded");
            default -> turn;
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
