/** How others speak to us: every path of every dialect, on one page. */
@NullMarked
package dev.drover.api;

import org.jspecify.annotations.NullMarked;
