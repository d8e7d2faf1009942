/** Files that agents leave behind, kept when their computers are gone. */
@NullMarked
package dev.drover.core.artifact;

import org.jspecify.annotations.NullMarked;
