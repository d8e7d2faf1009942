package dev.drover;

import dev.drover.api.http.HttpServer;
import dev.drover.core.computer.Uninterrupted;
import dev.drover.core.heartbeat.Heartbeats;
import java.time.Duration;

/** The time between being told to stop and stopping, in which callers and runs go over to other servers. */
final class Drain {
    private final Duration time;
    private volatile boolean begun;

    Drain(Duration time) {
        this.time = time;
    }

    /** What {@code /health} says, so that a load balancer sends nobody here any more; else what is given. */
    String state(String otherwise) {
        return begun ? "draining" : otherwise;
    }

    /** Lets those go on answering, while they take up nothing new. */
    Runnable of(HttpServer http, RunSetup work, Heartbeats heartbeats) {
        return () -> run(http, work, heartbeats);
    }

    private void run(HttpServer http, RunSetup work, Heartbeats heartbeats) {
        begun = true;
        http.drain();
        heartbeats.rest();
        work.worker().leave();
        Uninterrupted.pause(time);
    }
}
