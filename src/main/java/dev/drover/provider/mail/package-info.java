/** Mail: sent by SMTP, or where there is no server for it, written to the log. */
@NullMarked
package dev.drover.provider.mail;

import org.jspecify.annotations.NullMarked;
