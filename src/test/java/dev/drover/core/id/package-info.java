/** Tests of identities. */
@NullMarked
package dev.drover.core.id;

import org.jspecify.annotations.NullMarked;
