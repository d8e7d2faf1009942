/** The proxy that is a computer's only way out. */
@NullMarked
package dev.drover.provider.egress;

import org.jspecify.annotations.NullMarked;
