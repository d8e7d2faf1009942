package dev.drover.core.scenario;

import dev.drover.core.Problem;
import dev.drover.core.Refused;

/** Waits on behalf of a request, which is interrupted only when the server stops. */
final class Patience {
    private Patience() {}

    static <T, E extends Exception> T call(Question<T, E> question) throws E {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("this server, which is stopping", null));
        }
    }

    interface Question<T, E extends Exception> {
        T ask() throws E, InterruptedException;
    }
}
