/** A self-hosted server for AI agents; only Plane and Main see all three rings. */
@NullMarked
package dev.drover;

import org.jspecify.annotations.NullMarked;
