package dev.drover.core.egress;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request over the web.
 *
 * @param headers by name in any case
 * @param wanted how many bytes of the answer's body are read; with none it is not waited for
 */
public record WebRequest(String method, WebUrl url, Map<String, String> headers, byte @Nullable [] body, int wanted) {}
