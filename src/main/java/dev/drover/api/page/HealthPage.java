package dev.drover.api.page;

import dev.drover.api.http.Answer;
import dev.drover.api.http.Call;
import dev.drover.api.http.Operation;
import java.time.Clock;
import java.time.Instant;

/** Says whether the server can work: 200 when it can, 503 when it cannot (yet). */
public final class HealthPage {
    private final Health health;
    private final Clock clock;

    public HealthPage(Health health, Clock clock) {
        this.health = health;
        this.clock = clock;
    }

    public Operation show() {
        return Operation.of("Tell whether the server can work", this::show)
                .answers(200, State.class)
                .answers(503, State.class);
    }

    private Answer show(Call call) {
        State state = new State(health.state(), clock.instant());
        return Answer.json(state.status().equals("healthy") ? 200 : 503, state).with("Cache-Control", "no-store");
    }

    record State(String status, Instant timestamp) {}
}
