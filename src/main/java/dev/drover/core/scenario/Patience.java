package dev.drover.core.scenario;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.tool.ToolRefusal;

/** Waits on behalf of a request, which is interrupted only when the server stops. */
final class Patience {
    private Patience() {}

    static <T> T call(Question<T> question) throws ToolRefusal {
        try {
            return question.ask();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Problem.Unavailable("this server, which is stopping", null));
        }
    }

    interface Question<T> {
        T ask() throws ToolRefusal, InterruptedException;
    }
}
