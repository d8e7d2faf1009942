package dev.drover.core.access;

/** What a user is on this server. */
public enum Role {
    USER,
    OPERATOR,
    ADMIN
}
