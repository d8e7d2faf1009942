package dev.drover.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "why", description = "Say why an agent does not move: who has it, what it waits for, who can end that.")
final class WhyCommand implements Callable<Integer> {
    private static final int NAME = 12;

    private final Surroundings around;

    @Mixin
    private final ServerFlags server = new ServerFlags();

    @Option(names = "--json", description = "What the server answers, as JSON.")
    private boolean json;

    @Parameters(paramLabel = "AGENT", description = "The agent's id or name, of any dialect.")
    private String agent = "";

    WhyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (DroverClient client = server.client(around.environment())) {
            JsonNode why = client.get(Paths.agent(agent) + "/why");
            if (json) {
                around.out().println(why);
            } else {
                print(why, Instant.now());
            }
        }
        return 0;
    }

    private void print(JsonNode why, Instant now) {
        Style style = around.outStyle();
        line(style, "agent", style.bold(text(why, "agent_id")) + "  " + text(why, "status"));
        if (!why.path("run_id").isNull()) {
            line(style, "run", text(why, "run_id"));
        }
        line(style, "doing", text(why, "doing"));
        if (!why.path("waiting_for").isNull()) {
            String id = why.path("waiting_id").isNull() ? "" : " " + text(why, "waiting_id");
            line(style, "waits for", text(why, "waiting_for") + id);
        }
        line(style, "since", moment(text(why, "since"), now));
        if (!why.path("until").isNull()) {
            line(style, "until", moment(text(why, "until"), now));
        }
        JsonNode holder = why.path("holder");
        line(
                style,
                "held by",
                holder.isNull()
                        ? "nobody"
                        : "server " + text(holder, "node") + ", its lease until "
                                + second(text(holder, "lease_until")));
        line(style, "to unblock", style.accent(text(why, "unblock")));
    }

    private void line(Style style, String name, String text) {
        List<String> lines = Paragraph.wrapped(text, around.width() - NAME);
        around.out().println(style.dim("%-12s".formatted(name)) + lines.getFirst());
        lines.stream().skip(1).forEach(more -> around.out().println(" ".repeat(NAME) + more));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText();
    }

    private static String second(String instant) {
        return Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String moment(String instant, Instant now) {
        Duration ago = Duration.between(Instant.parse(instant), now).truncatedTo(ChronoUnit.SECONDS);
        String how = ago.isNegative() ? "in " + spoken(ago.negated()) : spoken(ago) + " ago";
        return second(instant) + "  (" + how + ")";
    }

    private static String spoken(Duration time) {
        if (time.toDays() > 0) {
            return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
        }
        if (time.toHours() > 0) {
            return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0
                ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
                : time.toSeconds() + " s";
    }
}
