package dev.drover.core.credential;

/** Something secret as it lies in a table, with the id of the root key that opens it. */
public record Sealed(byte[] bytes, String keyId) {}
