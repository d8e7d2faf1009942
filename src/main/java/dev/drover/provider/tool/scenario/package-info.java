/** Scenarios that call services over HTTP: templates filled safely, requests sent, answers picked apart. */
@NullMarked
package dev.drover.provider.tool.scenario;

import org.jspecify.annotations.NullMarked;
