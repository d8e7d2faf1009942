/** Archives of files, by the tar program of the host. */
@NullMarked
package dev.drover.provider.archive;

import org.jspecify.annotations.NullMarked;
