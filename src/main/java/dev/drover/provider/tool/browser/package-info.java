/** The browser tools: Chromium inside the agent's computer, driven over its DevTools protocol. */
@NullMarked
package dev.drover.provider.tool.browser;

import org.jspecify.annotations.NullMarked;
