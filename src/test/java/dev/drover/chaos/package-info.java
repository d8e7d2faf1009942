/** Servers are killed, frozen, cut off, starved of disk and lied to, while agents work; then everything is counted. */
@NullMarked
package dev.drover.chaos;

import org.jspecify.annotations.NullMarked;
