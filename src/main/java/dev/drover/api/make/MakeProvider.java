package dev.drover.api.make;

import dev.drover.api.http.CamelCase;

/** A provider of models in a list. */
@CamelCase
record MakeProvider(int id, String provider, String accountName) {
    /** One that was asked for. */
    record Alone(int id, String provider) {}
}
