/** The toolbox and what it makes of failures. */
@NullMarked
package dev.drover.core.tool;

import org.jspecify.annotations.NullMarked;
