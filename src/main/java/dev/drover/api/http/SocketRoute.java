package dev.drover.api.http;

/** A path on which WebSockets are opened, and who talks there. */
public record SocketRoute(String path, SocketHost host) {}
