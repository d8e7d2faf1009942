package dev.drover.core.health;

/**
 * One thing that a doctor looked at.
 *
 * @param ok whether a server can do its work with it as it is
 * @param remedy what to do about it; empty when there is nothing to say
 */
public record Finding(String name, boolean ok, String text, String remedy) {}
