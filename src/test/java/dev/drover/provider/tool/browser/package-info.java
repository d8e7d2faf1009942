/** Tests of the browser tools. */
@NullMarked
package dev.drover.provider.tool.browser;

import org.jspecify.annotations.NullMarked;
