package dev.drover.core.access;

import dev.drover.core.id.UserId;

/** A person, or an account, that owns agents; the name is what it logs in with. */
public record User(UserId id, String name, Role role) {}
