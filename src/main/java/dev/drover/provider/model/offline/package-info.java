/** A language model without network or key, which follows explicit steps in the task. */
@NullMarked
package dev.drover.provider.model.offline;

import org.jspecify.annotations.NullMarked;
