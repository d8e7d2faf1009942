/** What a server stands on, and what is wrong with it. */
@NullMarked
package dev.drover.core.health;

import org.jspecify.annotations.NullMarked;
