package dev.drover.api.make;

import dev.drover.api.http.CamelCase;
import dev.drover.core.run.Said;
import java.util.Locale;

/** One message of a conversation. */
@CamelCase
record MakeMessage(String role, String content) {
    static MakeMessage of(Said said) {
        return new MakeMessage(said.speaker().name().toLowerCase(Locale.ROOT), said.text());
    }
}
