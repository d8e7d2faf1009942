package dev.drover.core.webhook;

import dev.drover.core.Problem;
import dev.drover.core.Refused;
import dev.drover.core.egress.EgressDenied;
import dev.drover.core.egress.EgressGuard;
import java.util.List;
import java.util.Optional;

/** Where notices are to go, and which: judged before anything is kept. */
public record HookTarget(String url, List<String> events) {
    static final List<String> ALL = List.of(HookEvent.ANY);

    private static final int LONGEST_URL = 2_048;

    public HookTarget {
        events = events.stream().distinct().toList();
    }

    /** Refuses what can never be reached, by the names that the fields have where they were written. */
    void check(EgressGuard guard, String urlField, String eventsField) {
        if (url.length() > LONGEST_URL) {
            throw refused(urlField, "is " + url.length() + " characters long; at most 2,048");
        }
        Optional<String> unknown = events.stream()
                .filter(word ->
                        !word.equals(HookEvent.ANY) && HookEvent.named(word).isEmpty())
                .findFirst();
        if (unknown.isPresent()) {
            throw refused(eventsField, "holds '" + unknown.get() + "', which is no type of event; * stands for all");
        }
        if (events.isEmpty()) {
            throw refused(eventsField, "must name at least one type of event; leave it out for all");
        }
        try {
            var _ = guard.check(url);
        } catch (EgressDenied denied) {
            throw refused(urlField, "cannot be used: " + denied.reason());
        }
    }

    static Refused refused(String field, String reason) {
        return new Refused(new Problem.Invalid(field, reason));
    }
}
