/** Secrets lent to agents: sealed at rest, filled in where they are allowed, masked wherever they would show. */
@NullMarked
package dev.drover.core.credential;

import org.jspecify.annotations.NullMarked;
