/** Tests of the pages that belong to no dialect. */
@NullMarked
package dev.drover.api.page;

import org.jspecify.annotations.NullMarked;
