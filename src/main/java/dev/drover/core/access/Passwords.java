package dev.drover.core.access;

/** Hashes passwords slowly enough that a stolen table is of little use. */
public interface Passwords {
    String hash(String password);

    boolean matches(String password, String hash);
}
