package dev.drover.core.setting;

/**
 * A setting that means something to this server.
 *
 * @param isSwitch whether it is on or off; any other is free text
 * @param usual how it stands until somebody sets it; empty when it is not set then
 * @param purpose what it is for, in a sentence
 */
public record KnownSetting(String key, boolean isSwitch, String usual, String purpose) {}
