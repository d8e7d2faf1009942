/** Tests of metrics and traces. */
@NullMarked
package dev.drover.provider.telemetry;

import org.jspecify.annotations.NullMarked;
