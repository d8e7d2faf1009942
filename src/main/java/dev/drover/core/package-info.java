/** What Drover means, in plain Java and our own SQL: no JSON library, no HTTP, no vendor. */
@NullMarked
package dev.drover.core;

import org.jspecify.annotations.NullMarked;
