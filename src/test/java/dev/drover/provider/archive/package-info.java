/** Tests of the archive of a data folder. */
@NullMarked
package dev.drover.provider.archive;

import org.jspecify.annotations.NullMarked;
