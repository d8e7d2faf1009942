/** Identities: one record each, over a UUIDv7. */
@NullMarked
package dev.drover.core.id;

import org.jspecify.annotations.NullMarked;
