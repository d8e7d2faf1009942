package dev.drover.core.machine;

import dev.drover.core.Documents;
import dev.drover.core.Json;
import dev.drover.core.id.AgentId;
import dev.drover.core.id.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An event as one server tells it to another: short enough for a notice. */
final class FleetWords {
    /** Of letters: a notice holds no more. Whoever else had access learns of it when they look next. */
    private static final int MOST_OF_EMAILS = 4_000;

    private static final int LONGEST = 1_000;

    private final Documents documents;

    FleetWords(Documents documents) {
        this.documents = documents;
    }

    String write(UUID from, FleetEvent event) {
        Map<String, @Nullable Object> words = new LinkedHashMap<>();
        words.put("from", from.toString());
        words.put("agent", event.agent().value().toString());
        words.put("name", event.name());
        switch (event) {
            case FleetEvent.Created made -> words.put("kind", "created");
            case FleetEvent.Deleted gone -> {
                words.put("kind", "deleted");
                write(words, gone.audience());
            }
            case FleetEvent.Started on -> {
                words.put("kind", "started");
                words.put("injection", on.injection());
            }
            case FleetEvent.Stopped off -> {
                words.put("kind", "stopped");
                words.put("reason", off.reason());
            }
            case FleetEvent.Renamed now -> {
                words.put("kind", "renamed");
                words.put("former", now.former());
            }
            case FleetEvent.Shared with -> {
                words.put("kind", "shared");
                words.put("email", with.email());
            }
            case FleetEvent.Unshared with -> {
                words.put("kind", "unshared");
                words.put("email", with.email());
                write(words, with.audience());
            }
            case FleetEvent.Activity work -> write(words, work);
        }
        return documents.write(words).text();
    }

    private static void write(Map<String, @Nullable Object> words, FleetEvent.Audience had) {
        words.put("owner", had.owner().value().toString());
        List<String> emails = new ArrayList<>();
        int letters = 0;
        for (String email : had.emails()) {
            letters += email.length();
            if (letters <= MOST_OF_EMAILS) {
                emails.add(email);
            }
        }
        words.put("emails", emails);
    }

    private static void write(Map<String, @Nullable Object> words, FleetEvent.Activity work) {
        String error = work.error();
        words.put("kind", "activity");
        words.put("id", work.id());
        words.put("type", work.type());
        words.put("state", work.state());
        words.put("action", work.action());
        words.put("at", work.at().toString());
        words.put("error", error == null ? null : error.substring(0, Math.min(LONGEST, error.length())));
    }

    /** What another server told; null for what this one said itself. */
    @Nullable FleetEvent read(UUID here, String text) {
        Map<String, @Nullable Object> words = documents.read(new Json(text));
        if (here.toString().equals(words.get("from"))) {
            return null;
        }
        AgentId agent = new AgentId(UUID.fromString(word(words, "agent")));
        String name = word(words, "name");
        return switch (word(words, "kind")) {
            case "created" -> new FleetEvent.Created(agent, name);
            case "deleted" -> new FleetEvent.Deleted(agent, name, audience(words));
            case "started" -> new FleetEvent.Started(agent, name, word(words, "injection"));
            case "stopped" -> new FleetEvent.Stopped(agent, name, wordOrNull(words, "reason"));
            case "renamed" -> new FleetEvent.Renamed(agent, word(words, "former"), name);
            case "shared" -> new FleetEvent.Shared(agent, name, word(words, "email"));
            case "unshared" -> new FleetEvent.Unshared(agent, name, word(words, "email"), audience(words));
            case "activity" -> activity(agent, name, words);
            default -> null;
        };
    }

    private static FleetEvent.Activity activity(AgentId agent, String name, Map<String, @Nullable Object> words) {
        return new FleetEvent.Activity(
                agent,
                name,
                word(words, "id"),
                word(words, "type"),
                word(words, "state"),
                word(words, "action"),
                Instant.parse(word(words, "at")),
                wordOrNull(words, "error"));
    }

    private static FleetEvent.Audience audience(Map<String, @Nullable Object> words) {
        Set<String> emails = words.get("emails") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
        return new FleetEvent.Audience(new UserId(UUID.fromString(word(words, "owner"))), emails);
    }

    private static String word(Map<String, @Nullable Object> words, String key) {
        return String.valueOf(words.get(key));
    }

    private static @Nullable String wordOrNull(Map<String, @Nullable Object> words, String key) {
        return words.get(key) == null ? null : word(words, key);
    }
}
