/** Tests of what a server is told to stand on. */
@NullMarked
package dev.drover.core.health;

import org.jspecify.annotations.NullMarked;
