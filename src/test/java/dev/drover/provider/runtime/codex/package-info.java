/** Tests of a program that is an agent by itself. */
@NullMarked
package dev.drover.provider.runtime.codex;

import org.jspecify.annotations.NullMarked;
