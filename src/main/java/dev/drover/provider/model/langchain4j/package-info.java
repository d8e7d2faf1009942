/** Language models of vendors, through LangChain4j's adapters over an HTTP client of our own. */
@NullMarked
package dev.drover.provider.model.langchain4j;

import org.jspecify.annotations.NullMarked;
