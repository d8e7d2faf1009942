package dev.drover.api.http;

/** One server-sent event: its id and its name, each of one line, and its data, usually a line of JSON. */
public record Frame(String id, String event, String data) {}
