/** Tests of the webhooks' room. */
@NullMarked
package dev.drover.core.webhook;

import org.jspecify.annotations.NullMarked;
