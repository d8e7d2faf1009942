/** Tests of what text is read from documents. */
@NullMarked
package dev.drover.provider.document;

import org.jspecify.annotations.NullMarked;
