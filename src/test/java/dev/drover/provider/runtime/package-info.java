/** Tests of programs that are agents by themselves. */
@NullMarked
package dev.drover.provider.runtime;

import org.jspecify.annotations.NullMarked;
