/** Cron expressions, read by cron-utils. */
@NullMarked
package dev.drover.provider.cron;

import org.jspecify.annotations.NullMarked;
