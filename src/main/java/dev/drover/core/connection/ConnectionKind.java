package dev.drover.core.connection;

/** What a connection leads to. */
public enum ConnectionKind {
    MODELS,
    HTTP,
    MCP
}
