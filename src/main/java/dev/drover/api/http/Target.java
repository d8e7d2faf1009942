package dev.drover.api.http;

import io.helidon.common.uri.UriValidator;
import io.helidon.http.HttpPrologue;
import org.jspecify.annotations.Nullable;

/** Judges what follows the path in a request's target, as Helidon does, but lets raw square brackets pass. */
final class Target {
    private Target() {}

    /** What is wrong with it; null when nothing is. */
    static @Nullable String misfit(HttpPrologue prologue) {
        try {
            // Clients of Make write pg[limit]=5 as often as they encode it; parentheses are lawful and as wide.
            UriValidator.validateQuery(
                    prologue.query().rawValue().replace('[', '(').replace(']', ')'));
            if (prologue.fragment().hasValue()) {
                UriValidator.validateFragment(prologue.fragment().rawValue());
            }
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
