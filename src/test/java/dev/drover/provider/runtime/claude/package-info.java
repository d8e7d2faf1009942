/** Tests of a program that is an agent by itself. */
@NullMarked
package dev.drover.provider.runtime.claude;

import org.jspecify.annotations.NullMarked;
