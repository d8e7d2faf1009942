package dev.drover.provider.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Mixed into a record of one string, which is then written as that string. */
abstract class JsonAsString {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    JsonAsString(@SuppressWarnings("unused") String text) {}

    @JsonValue
    abstract String text();
}
