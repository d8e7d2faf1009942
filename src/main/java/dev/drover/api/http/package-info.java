/** Shared by all dialects: credentials to Caller, JSON, SSE, the error boundary. */
@NullMarked
package dev.drover.api.http;

import org.jspecify.annotations.NullMarked;
