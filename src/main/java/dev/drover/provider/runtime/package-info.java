/** Programs that are agents by themselves; each is started in an agent's computer and read line by line. */
@NullMarked
package dev.drover.provider.runtime;

import org.jspecify.annotations.NullMarked;
