/** Tests of mail, against a small server that really speaks SMTP. */
@NullMarked
package dev.drover.provider.mail;

import org.jspecify.annotations.NullMarked;
