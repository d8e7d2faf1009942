package dev.drover;

import dev.drover.core.StartFailure;
import dev.drover.core.access.Mailer;
import dev.drover.provider.mail.LogMailer;
import dev.drover.provider.mail.SmtpMailer;
import dev.drover.provider.mail.SmtpServer;
import java.net.URI;
import java.time.Clock;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How login codes reach people.
 *
 * @param server null for none: codes are in the log then
 * @param from the sender; not empty when there is a server
 */
record MailChoice(Settings.@Nullable Secret server, String from) {
    private static final Pattern SMTP =
            Pattern.compile("smtps?://(?:[^\\s:/@]+(?::[^\\s/@]*)?@)?[^\\s/@:]+(?::\\d{1,5})?/?");

    static MailChoice read(Given given) {
        Settings.Secret server = given.matching(
                        "DROVER_SMTP_URL", SMTP, "smtp://user:password@host:port (smtps:// for TLS)")
                .map(Settings.Secret::new)
                .orElse(null);
        String from = given.text("DROVER_MAIL_FROM").orElse("");
        if (server != null && !from.matches("[^\\s@]+@[^\\s@]+")) {
            throw new StartFailure("DROVER_SMTP_URL is set, and DROVER_MAIL_FROM is '" + from
                    + "': set that to the address that mail comes from, or unset both");
        }
        return new MailChoice(server, from);
    }

    Mailer mailer(Clock clock) {
        return server == null ? new LogMailer() : new SmtpMailer(SmtpServer.of(URI.create(server.text())), from, clock);
    }

    void show(SequencedMap<String, String> shown) {
        shown.put("DROVER_SMTP_URL", server == null ? "(none: login codes are in the log)" : server.toString());
        shown.put("DROVER_MAIL_FROM", from.isEmpty() ? "(none)" : from);
    }
}
