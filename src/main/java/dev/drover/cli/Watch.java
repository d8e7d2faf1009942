package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows one agent to its end, printing what it does, and stops it when the watcher leaves. */
final class Watch {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** A computer gets ten seconds to clean up before it is destroyed. */
    private static final int POLLS = 120;

    private static final Duration POLL = Duration.ofMillis(100);

    private final DroverClient client;
    private final String agent;
    private final Surroundings around;
    private final boolean json;
    private @Nullable JsonNode words;
    private int counted;

    Watch(DroverClient client, String agent, Surroundings around, boolean json) {
        this.client = client;
        this.agent = agent;
        this.around = around;
        this.json = json;
    }

    /** The exit code: 0 when the run completed, 1 when it ended otherwise, the signal's when the watcher left. */
    int toTheEnd(Interruption interruption) throws InterruptedException {
        Style style = around.errStyle();
        boolean live = around.errIsTerminal() && !json;
        try (Progress progress = new Progress(around.err(), live, style, around.width(), InstantSource.system())) {
            try {
                interruption.wakeMe();
                follow(progress, new Steps(style, around.width()));
                interruption.leaveMe();
            } catch (InterruptedException e) {
                interruption.leaveMe();
                return leave(progress, interruption.code());
            }
            return result(progress, style);
        }
    }

    private void follow(Progress progress, Steps steps) throws InterruptedException {
        new EventStream(client, agent, PAUSE).follow(event -> {
            if (json) {
                around.out().println(event);
            } else {
                show(event, progress, steps);
            }
        });
    }

    /** The last words of the model are the result, which is printed at the end; so words wait for what follows them. */
    private void show(JsonNode event, Progress progress, Steps steps) throws InterruptedException {
        String kind = event.path("kind").asText();
        if (words != null && !(kind.equals("end") && words.path("message").equals(event.path("message")))) {
            progress.say(steps.lines(words));
        }
        words = kind.equals("thinking") ? event : null;
        if (words == null && !kind.equals("end")) {
            progress.say(steps.lines(event));
        }
        int step = event.path("iteration").asInt(0);
        count(step, progress);
        progress.at(step, steps.doing(event));
    }

    private int result(Progress progress, Style style) throws InterruptedException {
        JsonNode done = client.get(Paths.agent(agent));
        boolean completed = done.path("status").asText().equals("completed");
        if (json) {
            return completed ? 0 : 1;
        }
        progress.spent(tokens(done));
        progress.close();
        String summary = done.path("status").asText() + " · " + progress.summary();
        around.err().println(completed ? style.good("✓ " + summary) : style.bad("✗ " + summary + reason(done)));
        if (completed) {
            around.out().println(text(done.path("final_result").asText("")).stripTrailing());
        }
        return completed ? 0 : 1;
    }

    /** Once a step, and only for a line that somebody sees. A server that is away is the matter of the stream. */
    private void count(int step, Progress progress) throws InterruptedException {
        if (step <= counted || !around.errIsTerminal()) {
            return;
        }
        counted = step;
        try {
            progress.spent(tokens(client.get(Paths.agent(agent))));
        } catch (ClientFailure e) {
            // The figure of the step before stays.
        }
    }

    private static long tokens(JsonNode agent) {
        JsonNode usage = agent.path("usage");
        return usage.path("input_tokens").asLong() + usage.path("output_tokens").asLong();
    }

    /** A program gets the result as it is; a terminal must not be steered by it. */
    private String text(String result) {
        return around.outIsTerminal() ? Steps.harmless(result) : result;
    }

    private static String reason(JsonNode done) {
        return done.path("error").isTextual() ? " · " + done.path("error").asText() : "";
    }

    private int leave(Progress progress, int code) throws InterruptedException {
        if (!json) {
            progress.say(List.of("stopping; once more to leave at once"));
        }
        client.delete(Paths.agent(agent));
        boolean gone = isGone();
        for (int poll = 0; poll < POLLS && !gone; poll++) {
            Thread.sleep(POLL);
            gone = isGone();
        }
        if (!json) {
            progress.say(List.of(
                    gone ? "■ stopped; its computer is gone" : "■ stopped; its computer is still being destroyed"));
        }
        return code;
    }

    private boolean isGone() throws InterruptedException {
        return client.get(Paths.agent(agent))
                .path("container")
                .path("status")
                .asText()
                .equals("destroyed");
    }
}
