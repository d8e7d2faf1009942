package dev.drover.api.http;

/** One server-sent event: its id, its name, and its data as one line of JSON. */
public record Frame(long id, String event, String data) {}
