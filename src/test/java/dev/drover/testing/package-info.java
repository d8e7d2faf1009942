/** Real things that tests stand on: started once, shared, and gone afterwards. */
@NullMarked
package dev.drover.testing;

import org.jspecify.annotations.NullMarked;
