package dev.drover.core.egress;

import java.util.Map;

/**
 * What a server answered, as far as it was read.
 *
 * @param headers by lower-case name, repeats joined by comma
 */
public record WebAnswer(int status, Map<String, String> headers, byte[] body, boolean truncated) {}
