package dev.drover.api.http;

/** Answers one call: reads it, calls the core once, renders what came back. */
@FunctionalInterface
public interface Handler {
    Answer handle(Call call);
}
