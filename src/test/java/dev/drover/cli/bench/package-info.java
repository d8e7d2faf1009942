/** Tests of what the bench makes of its figures. */
@NullMarked
package dev.drover.cli.bench;

import org.jspecify.annotations.NullMarked;
