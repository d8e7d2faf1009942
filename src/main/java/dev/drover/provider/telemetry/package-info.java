/** What runs did, as Prometheus metrics and as OpenTelemetry traces. */
@NullMarked
package dev.drover.provider.telemetry;

import org.jspecify.annotations.NullMarked;
