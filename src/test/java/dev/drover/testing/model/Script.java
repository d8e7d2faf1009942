package dev.drover.testing.model;

import java.util.concurrent.atomic.AtomicInteger;

/** Decides what the model answers. It is asked by many threads at once. */
@FunctionalInterface
public interface Script {
    Turn next(Asked asked);

    /** One turn a request, in the order in which requests come, whoever asks: for tests of one conversation. */
    static Script inOrder(Turn... turns) {
        AtomicInteger requests = new AtomicInteger();
        return _ -> at(turns, requests.getAndIncrement());
    }

    /** The turn that fits how far the conversation has come, for any number of conversations, also after a crash. */
    static Script byTurn(Turn... turns) {
        return asked -> at(turns, asked.turn());
    }

    private static Turn at(Turn[] turns, int index) {
        return index < turns.length ? turns[index] : Turn.status(418);
    }
}
