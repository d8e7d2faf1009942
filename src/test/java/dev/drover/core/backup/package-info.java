/** Tests of the file that a backup is. */
@NullMarked
package dev.drover.core.backup;

import org.jspecify.annotations.NullMarked;
