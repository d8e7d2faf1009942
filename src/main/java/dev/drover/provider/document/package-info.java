/** Reads the text of documents: plain ones here, PDF and DOCX in a process of its own. */
@NullMarked
package dev.drover.provider.document;

import org.jspecify.annotations.NullMarked;
